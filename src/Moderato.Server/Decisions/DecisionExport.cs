using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Hosting;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>The log as a decision file: a JSON line per content and category judged, oldest first, as <c>moderato investigate</c> reads it.</summary>
public sealed class DecisionExport(Store store)
{
    private const int PageRows = 2_000;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="to">Not included.</param>
    public async Task WriteAsync(Stream output, int workspace, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var releases = await ReleasesAsync(workspace, cancel);
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, WriterOptions);
        var place = new PagePlace(from?.ToUnixTimeMilliseconds() ?? long.MinValue, 0);
        int rows;
        do
        {
            (rows, place) = await PageAsync(json, buffer, workspace, place, to, releases, cancel);
            await output.WriteAsync(buffer.WrittenMemory, cancel);
            buffer.ResetWrittenCount();
        }
        while (rows == PageRows);
        await output.FlushAsync(cancel);
    }

    private async Task<(int Rows, PagePlace Last)> PageAsync(
        Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, int workspace, PagePlace after, DateTimeOffset? to, Dictionary<string, Release> releases, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            SELECT {string.Join(", ", DecisionRow.Columns.Split(", ").Select(column => "d." + column))}, c.text, c.context,
              (SELECT action FROM actions a WHERE a.workspace = d.workspace AND a.content_id = d.content_id ORDER BY a.time DESC LIMIT 1),
              (SELECT max(views) FROM actions a WHERE a.workspace = d.workspace AND a.content_id = d.content_id)
            FROM decisions d LEFT JOIN contents c ON c.sequence = d.sequence
            WHERE d.workspace = @workspace AND (d.time, d.sequence) > (@time, @sequence) AND d.time < @to AND d.revision = 0
            ORDER BY d.time, d.sequence LIMIT @rows
            """;
        command.Add("workspace", workspace);
        command.Add("time", after.Milliseconds);
        command.Add("sequence", after.Sequence);
        command.Add("to", to?.ToUnixTimeMilliseconds() ?? long.MaxValue);
        command.Add("rows", PageRows);
        await using var row = await command.ExecuteReaderAsync(cancel);
        int rows = 0;
        while (await row.ReadAsync(cancel))
        {
            var decision = DecisionRow.Read(row);
            Write(json, buffer, decision, row, releases.GetValueOrDefault(decision.Release));
            after = new(decision.Time.ToUnixTimeMilliseconds(), decision.Sequence);
            rows++;
        }

        return (rows, after);
    }

    private async Task<Dictionary<string, Release>> ReleasesAsync(int workspace, CancellationToken cancel)
    {
        await using var state = store.State();
        var stored = await state.Releases.AsNoTracking().Where(release => release.Workspace == workspace).ToListAsync(cancel);
        return stored.ToDictionary(release => release.Id, release => ReleaseFile.Parse(release.Json, $"release {release.Id}"));
    }

    private static void Write(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, Decision decision, DbDataReader row, Release? release)
    {
        if (decision.Category is null || !decision.Scores.ContainsKey(decision.Category))
        {
            WriteRow(json, buffer, decision, decision.Category, null, decision.Verdict, row);
        }

        foreach (var (category, score) in decision.Scores)
        {
            // What another system thought of its other categories is not known.
            if (category == decision.Category)
            {
                WriteRow(json, buffer, decision, category, score, decision.Verdict, row);
            }
            else if (release is not null && release.Thresholds.TryGetValue(category, out var thresholds))
            {
                WriteRow(json, buffer, decision, category, score, thresholds.For(decision.Language, decision.Surface).Decide(score), row);
            }
        }
    }

    private static void WriteRow(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, Decision decision, string? category, double? score, Verdict verdict, DbDataReader row)
    {
        const int Text = 20, Context = 21, Action = 22, Views = 23;
        json.WriteStartObject();
        json.WriteString("id", decision.ContentId);
        if (!row.IsDBNull(Text))
        {
            json.WriteString("text", row.GetFieldValue<byte[]>(Text));
        }

        if (!row.IsDBNull(Context) && JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(Context), ServerJson.Default.ContentContext) is { } context)
        {
            json.WriteString("context", string.Join('\n', new[] { context.Thread, context.Title, context.Parent }.Where(part => part is not null)));
        }

        Optional(json, "category", category);
        if (score is { } number)
        {
            json.WriteNumber("score", number);
        }

        json.WriteString("verdict", DecisionAnswer.VerdictName(verdict));
        json.WriteString("time", decision.Time);
        json.WriteString("language", decision.Language);
        Optional(json, "surface", decision.Surface);
        Optional(json, "author", decision.Author?.ToString("x16", CultureInfo.InvariantCulture));
        json.WriteString("tier", decision.Tier);
        json.WriteString("release", decision.Release);
        Optional(json, "policy", decision.Policy.Length == 0 ? null : decision.Policy);
        Optional(json, "action", row.IsDBNull(Action) ? null : row.GetString(Action));
        if (!row.IsDBNull(Views))
        {
            json.WriteNumber("views", row.GetInt64(Views));
        }

        json.WriteEndObject();
        json.Flush();
        json.Reset();
        buffer.Write("\n"u8);
    }

    private static void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
