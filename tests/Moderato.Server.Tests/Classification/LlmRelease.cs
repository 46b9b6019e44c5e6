using Moderato.Classification;
using Moderato.Classification.Llm;
using Moderato.Policies;
using Moderato.Releases;
using Moderato.Server.Classification;
using Moderato.Server.Tests.Hosting;

namespace Moderato.Server.Tests.Classification;

/// <summary>The shipped release with a language model behind it for what its first tier is not sure of.</summary>
internal static class LlmRelease
{
    private static readonly Cascade Shipped = ReleaseFile.LoadShipped();

    public static LlmTier Tier { get; } = new() { Model = "test-model", Adapter = "chat-json" };

    public static Policy Policy => Shipped.Release.Policy;

    /// <param name="band">Of the one category that escalates.</param>
    public static Cascade Create(OnFailure onFailure, EscalationBand? band = null) => new(With(Shipped.Release, onFailure, band), Shipped.Model);

    public static Release With(Release release, OnFailure onFailure, EscalationBand? band = null, string category = Category.Hate) => release with
    {
        Id = "with-llm",
        Tiers = [.. release.Tiers, new TierModel(TierModel.Llm, "test-model@chat-json", "llm.json", "")],
        Escalations =
        [
            new Escalation
            {
                Tier = TierModel.Llm,
                Bands = new Dictionary<string, EscalationBand> { [category] = band ?? new(0, 0.9) },
                Calibration = new Dictionary<string, TierCalibration> { [category] = new(new LogisticMap(0, new Dictionary<string, double> { [TierModel.Llm] = 1 }), null, 0.05) },
                Languages = new Dictionary<string, IReadOnlyList<string>> { [category] = ["en", "und"] },
                OnFailure = onFailure,
            },
        ],
    };

    /// <summary>A running server whose release asks the model about one category.</summary>
    /// <param name="endpoint">Null: nobody configured it.</param>
    public static Task<RunningServer> StartAsync(
        EndpointSettings? endpoint, OnFailure onFailure, StoreKind kind = StoreKind.Sqlite, TimeProvider? time = null,
        EscalationBand? band = null, string category = Category.Hate, string adapter = "chat-json") => TieredServer.StartAsync(
        With(Shipped.Release, onFailure, band, category).Escalations![0], "llm.json", $$"""{"model": "test-model", "adapter": "{{adapter}}"}""",
        settings => endpoint is null ? settings : settings with { Endpoints = new Dictionary<string, EndpointSettings> { ["default"] = endpoint } },
        kind, time);

    public static EndpointSettings Endpoint(Uri url) => new() { Url = url, TimeoutMs = 400, Retries = 1 };

    /// <summary>The tier at an endpoint, as the server makes it.</summary>
    public static LlmJudge Judge(EndpointConnection endpoint, LlmTier? tier = null, DailyBudget? budget = null) => new(
        tier ?? Tier, AdapterFile.LoadShipped((tier ?? Tier).Adapter), Policy, endpoint, budget ?? new DailyBudget(null, TimeProvider.System));
}
