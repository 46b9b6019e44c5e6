using System.Buffers;
using System.Data.Common;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Moderato.Decisions;
using Moderato.Releases;
using Moderato.Server.Hosting;
using Moderato.Server.Reviews;
using Moderato.Server.Storage;

namespace Moderato.Server.Decisions;

/// <summary>
/// The log as a decision file: a JSON line per content and category judged, oldest first, as <c>moderato investigate</c> reads it.
/// What users wrote in restricted content does not leave: its rows are there, so that every count is true, without text and
/// context and marked.
/// </summary>
public sealed class DecisionExport(Store store)
{
    private const int PageRows = 2_000;

    private const string Page =
        """
        WITH page AS (
          SELECT time, sequence, content_id FROM decisions
          WHERE workspace = @workspace AND (time, sequence) > (@time, @sequence) AND time < @to AND revision = 0
          ORDER BY time, sequence LIMIT @rows)
        """;

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <param name="to">Not included.</param>
    public async Task WriteAsync(Stream output, int workspace, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancel)
    {
        var restrictions = await ExportRestrictions.ReadAsync(store, workspace, cancel);
        var buffer = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(buffer, WriterOptions);
        var place = new PagePlace(from?.ToUnixTimeMilliseconds() ?? long.MinValue, 0);
        int rows;
        do
        {
            (rows, place) = await PageAsync(json, buffer, workspace, place, to, restrictions, cancel);
            await output.WriteAsync(buffer.WrittenMemory, cancel);
            buffer.ResetWrittenCount();
        }
        while (rows == PageRows);
        await output.FlushAsync(cancel);
    }

    private async Task<(int Rows, PagePlace Last)> PageAsync(
        Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, int workspace, PagePlace after, DateTimeOffset? to, ExportRestrictions restrictions, CancellationToken cancel)
    {
        await using var connection = await store.OpenAsync(cancel);
        var labels = await LabelsAsync(connection, workspace, after, to, cancel);
        await using var command = connection.CreateCommand();
        // The later decisions on a content come before its first, which is the one that is exported.
        command.CommandText =
            $"""
            {Page}
            SELECT {DecisionRow.Fields}, c.text, c.context,
              (SELECT action FROM actions a WHERE a.workspace = d.workspace AND a.content_id = d.content_id ORDER BY a.time DESC LIMIT 1),
              (SELECT max(views) FROM actions a WHERE a.workspace = d.workspace AND a.content_id = d.content_id)
            FROM page JOIN decisions d ON d.workspace = @workspace AND d.content_id = page.content_id
            LEFT JOIN review_items r ON r.sequence = d.sequence
            LEFT JOIN contents c ON c.sequence = d.sequence
            ORDER BY page.time, page.sequence, d.revision DESC
            """;
        Bind(command, workspace, after, to);
        await using var row = await command.ExecuteReaderAsync(cancel);
        int rows = 0;
        bool restricted = false;
        while (await row.ReadAsync(cancel))
        {
            var stored = DecisionRow.ReadStored(row);
            var decision = stored.Decision;
            restricted |= restrictions.Cover(stored);
            if (decision.Revision > 0)
            {
                continue;
            }

            Write(json, buffer, decision, row, restrictions.ReleaseOf(decision), restricted, labels);
            after = new(decision.Time.ToUnixTimeMilliseconds(), decision.Sequence);
            restricted = false;
            rows++;
        }

        return (rows, after);
    }

    /// <summary>
    /// The label of each content and category: one whose sampling is known before any other, a complaint after any other, else the latest.
    /// </summary>
    private static async Task<Dictionary<(string ContentId, string Category), ExportedLabel>> LabelsAsync(
        DbConnection connection, int workspace, PagePlace after, DateTimeOffset? to, CancellationToken cancel)
    {
        var labels = new Dictionary<(string, string), ExportedLabel>();
        await using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            {Page}
            SELECT l."ContentId", l."Category", l."Value", l."Source", l."InclusionProbability"
            FROM page JOIN "Labels" l ON l."Workspace" = @workspace AND l."ContentId" = page.content_id
            WHERE l."Withdrawn" IS NULL ORDER BY l."Id"
            """;
        Bind(command, workspace, after, to);
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            var key = (row.GetString(0), row.GetString(1));
            var label = new ExportedLabel(row.GetBoolean(2), (LabelSource)row.GetInt16(3), row.IsDBNull(4) ? null : row.GetDouble(4));
            if (!labels.TryGetValue(key, out var known) || label.Rank >= known.Rank)
            {
                labels[key] = label;
            }
        }

        return labels;
    }

    private static void Bind(DbCommand command, int workspace, PagePlace after, DateTimeOffset? to)
    {
        command.Add("workspace", workspace);
        command.Add("time", after.Milliseconds);
        command.Add("sequence", after.Sequence);
        command.Add("to", to?.ToUnixTimeMilliseconds() ?? long.MaxValue);
        command.Add("rows", PageRows);
    }

    private static void Write(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, Decision decision, DbDataReader row, Release? release, bool restricted,
        Dictionary<(string ContentId, string Category), ExportedLabel> labels)
    {
        if (decision.Category is null || !decision.Scores.ContainsKey(decision.Category))
        {
            WriteRow(json, buffer, decision, decision.Category, null, decision.Verdict, row, restricted, LabelOf(decision.Category));
        }

        foreach (var (category, score) in decision.Scores)
        {
            // What another system thought of its other categories is not known.
            if (category == decision.Category)
            {
                WriteRow(json, buffer, decision, category, score, decision.Verdict, row, restricted, LabelOf(category));
            }
            else if (release is not null && release.Thresholds.TryGetValue(category, out var thresholds))
            {
                WriteRow(json, buffer, decision, category, score, thresholds.For(decision.Language, decision.Surface).Decide(score), row, restricted, LabelOf(category));
            }
        }

        ExportedLabel? LabelOf(string? category) => category is null ? null : labels.GetValueOrDefault((decision.ContentId, category));
    }

    private static void WriteRow(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, Decision decision, string? category, double? score, Verdict verdict, DbDataReader row, bool restricted, ExportedLabel? label)
    {
        const int Text = DecisionRow.FieldCount, Context = Text + 1, Action = Text + 2, Views = Text + 3;
        json.WriteStartObject();
        json.WriteString("id", decision.ContentId);
        if (!restricted && !row.IsDBNull(Text))
        {
            json.WriteString("text", row.GetFieldValue<byte[]>(Text));
        }

        if (!restricted && !row.IsDBNull(Context) && JsonSerializer.Deserialize(row.GetFieldValue<byte[]>(Context), ServerJson.Default.ContentContext) is { } context)
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

        if (label is not null)
        {
            json.WriteNumber("label", label.Value ? 1 : 0);
            json.WriteString("label_source", LabelAnswer.SourceName(label.Source));
            if (label.InclusionProbability is { } probability)
            {
                json.WriteNumber("inclusion_probability", probability);
            }
        }

        if (restricted)
        {
            json.WriteBoolean("restricted", true);
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

    private sealed record ExportedLabel(bool Value, LabelSource Source, double? InclusionProbability)
    {
        public int Rank => InclusionProbability is not null ? 2 : Source == LabelSource.Complaint ? 0 : 1;
    }
}
