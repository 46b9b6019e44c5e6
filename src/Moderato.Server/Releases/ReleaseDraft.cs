using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Moderato.Classification;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Hosting;

namespace Moderato.Server.Releases;

/// <summary>A release that is to be added: its <c>release.json</c> and the model files that the store need not have yet.</summary>
/// <param name="Files">By name; those that an earlier release brought may be left out.</param>
public sealed record ReleaseDraft(byte[] Json, IReadOnlyDictionary<string, byte[]> Files, string? DerivedFrom)
{
    public static readonly IReadOnlyList<string> Fields = ["release", "files", "from", "thresholds", "calibration", "policy", "overrides", "reason"];

    private static readonly string[] Verdicts = ["safe", "borderline"];

    /// <summary>What decides about a release: all but its name and its date.</summary>
    public static string Fingerprint(byte[] json)
    {
        var release = JsonNode.Parse(json)!.AsObject();
        release.Remove("id");
        release.Remove("created");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(release.ToJsonString())));
    }

    /// <summary>A bundle as it was sent: <c>{"release": …, "files": {"ngram.bin": base64}}</c>.</summary>
    /// <returns>Null where something is wrong with it; <paramref name="errors"/> says what.</returns>
    public static ReleaseDraft? Bundle(JsonElement body, List<FieldError> errors)
    {
        var files = new Dictionary<string, byte[]>();
        if (body.TryGetProperty("files", out var given))
        {
            foreach (var file in given.ValueKind == JsonValueKind.Object ? given.EnumerateObject().ToList() : [])
            {
                if (file.Value.ValueKind == JsonValueKind.String && file.Value.TryGetBytesFromBase64(out var bytes))
                {
                    files[file.Name] = bytes;
                }
                else
                {
                    errors.Add(new($"files.{file.Name}", "no base64", "give the file's bytes in base64"));
                }
            }
        }

        return errors.Count == 0 ? new(Encoding.UTF8.GetBytes(body.GetProperty("release").GetRawText()), files, null) : null;
    }

    /// <summary>Another release with some of it changed. The same changes to the same release give the same id.</summary>
    /// <returns>Null where something is wrong; <paramref name="errors"/> says what.</returns>
    /// <exception cref="UnusableFileException">The changed release is no release.</exception>
    public static ReleaseDraft? Derived(StoredRelease from, JsonElement body, DateTimeOffset now, List<FieldError> errors)
    {
        var changed = JsonNode.Parse(from.Json)!.AsObject();
        foreach (string part in (ReadOnlySpan<string>)["thresholds", "calibration"])
        {
            if (body.TryGetProperty(part, out var categories) && categories.ValueKind == JsonValueKind.Object)
            {
                foreach (var category in categories.EnumerateObject())
                {
                    changed[part]![category.Name] = JsonNode.Parse(category.Value.GetRawText());
                }
            }
        }

        if (body.TryGetProperty("policy", out var policy))
        {
            changed["policy"] = JsonNode.Parse(policy.GetRawText());
        }

        var before = ReleaseFile.Parse(from.Json, from.Id);
        var release = ReleaseFile.Parse(Encoding.UTF8.GetBytes(changed.ToJsonString()), "the release");
        if (body.TryGetProperty("policy", out _) && release.Policy.Version == before.Policy.Version)
        {
            errors.Add(new("policy.version", $"\"{release.Policy.Version}\", which names the policy before", "give the changed policy a version of its own: people's verdicts hold under one version"));
        }

        release = release with { Thresholds = Overridden(release, Overrides(body, release, errors)) };
        if (errors.Count > 0)
        {
            return null;
        }

        string root = from.DerivedFrom is null ? from.Id : from.Id[..from.Id.LastIndexOf('-')];
        string fingerprint = Fingerprint(ReleaseFile.Format(release));
        return fingerprint == Fingerprint(ReleaseFile.Format(before))
            ? Unchanged(errors)
            : new(ReleaseFile.Format(release with { Id = $"{root}-{fingerprint[..8]}", Created = now }), new Dictionary<string, byte[]>(), from.Id);
    }

    private static ReleaseDraft? Unchanged(List<FieldError> errors)
    {
        errors.Add(new("(the whole)", "nothing that differs from the release it is derived from", "change thresholds, calibration, policy or overrides"));
        return null;
    }

    private static Dictionary<string, CategoryThresholds> Overridden(Release release, IReadOnlyList<ThresholdOverride> overrides)
    {
        var thresholds = release.Thresholds.ToDictionary();
        foreach (var one in overrides)
        {
            thresholds[one.Category] = one.Of(thresholds[one.Category]);
        }

        return thresholds;
    }

    private static List<ThresholdOverride> Overrides(JsonElement body, Release release, List<FieldError> errors)
    {
        var overrides = new List<ThresholdOverride>();
        if (!body.TryGetProperty("overrides", out var given))
        {
            return overrides;
        }

        if (given.ValueKind != JsonValueKind.Array)
        {
            errors.Add(new("overrides", "no array", "give [{\"category\": \"hate\", \"language\": \"es\", \"atMost\": \"borderline\"}]"));
            return overrides;
        }

        foreach (var (one, index) in given.EnumerateArray().Select((one, index) => (one, index)))
        {
            int before = errors.Count;
            var read = new FieldReader(one, FormattableString.Invariant($"overrides[{index}]."), errors);
            if (!read.IsObject("{\"category\", \"language\"?, \"surface\"?, \"atMost\": \"borderline\"}", ["category", "language", "surface", "atMost"]))
            {
                continue;
            }

            string? category = read.OneOf("category", [.. release.Thresholds.Keys.Order(StringComparer.Ordinal)], required: true);
            string? atMost = read.OneOf("atMost", Verdicts, required: true);
            var (language, surface) = (read.Text("language"), read.Text("surface"));
            if (errors.Count == before)
            {
                overrides.Add(new(category!, language, surface, atMost == "safe" ? Verdict.Safe : Verdict.Borderline));
            }
        }

        return overrides;
    }
}
