using System.Text;
using System.Text.Json;
using Moderato.Cli.Input;
using Moderato.Decisions;
using Moderato.Improvement.Evaluation;
using Moderato.Releases;

namespace Moderato.Cli.Commands;

/// <summary>Collects scores and labels of one set, some twenty bytes a row whatever the length of the texts.</summary>
internal sealed class EvaluatedSet(InputFile file, EvaluateQuery query, Cascade? cascade)
{
    private readonly Dictionary<string, Category> categories = new(StringComparer.Ordinal);
    private readonly SortedSet<string> splits = new(StringComparer.Ordinal);
    private long rows;

    private sealed record Category(CodedColumn.Builder Clusters, CodedColumn.Builder Groups)
    {
        public Growing<double> Scores { get; } = new();

        public Growing<bool> Violating { get; } = new();

        public Growing<bool> Flagged { get; } = new();

        /// <summary>The row that each entry of <see cref="Groups"/> is of: a row whose cell is a list is in several groups.</summary>
        public Growing<int> GroupRows { get; } = new();

        public long NotJudged { get; set; }
    }

    /// <summary>Adds the rows of a batch that was classified.</summary>
    public void Add(EvaluateBatch batch, RowMarks marks)
    {
        var columns = batch.Columns;
        marks.Begin(batch.Chunk, $"{file.Name}, line");
        for (int row = 0; row < batch.Chunk.Rows; row++)
        {
            rows++;
            var split = columns.Split < 0 ? default : batch.Chunk[row, columns.Split];
            if (query.Split is not null && !Matches(split, query.Split))
            {
                continue;
            }

            if (columns.Text >= 0 && batch.Chunk.IsMissing(row, columns.Text))
            {
                marks.Refuse(row, "column \"text\": there is none, or it is null; an empty text is \"\"");
                continue;
            }

            foreach (var (category, column) in columns.Labels)
            {
                Add(batch, columns, marks, row, category, batch.Chunk[row, column]);
            }
        }
    }

    /// <exception cref="InputException">The set has nothing of what is asked for.</exception>
    public IReadOnlyList<EvaluatedRows> Build(EvaluateColumns columns, IReadOnlyList<string> names)
    {
        if (rows == 0)
        {
            throw new InputException(file.Name, "no rows", "a labelled set has a line a content: {\"id\", \"text\", \"labels\": {\"hate\": 1}}");
        }

        if (query.Split is { } split && categories.Count == 0)
        {
            throw new InputException("--split", $"no row of {file.Name} is of split \"{split}\"", splits.Count > 0 ? $"there are {string.Join(", ", splits.Select(ColumnNames.Shown))}" : "leave --split away: the set has no splits");
        }

        Require("--by", query.By, columns.By, names);
        Require("--score", query.Score, columns.Score, names);
        Require("--cluster", query.Cluster, columns.Cluster, names);
        if (categories.Count == 0)
        {
            throw new InputException(file.Name, "no row has a label", "a label stands in \"labels\": {\"hate\": 1}, or in a column labels.hate");
        }

        if (query.Category is { } asked && !categories.ContainsKey(asked))
        {
            throw new InputException("--category", $"{file.Name} has no label of \"{asked}\"", $"there are {string.Join(", ", categories.Keys.Select(ColumnNames.Shown))}");
        }

        if (query is { Score: not null, Category: null } && categories.Count > 1)
        {
            throw new InputException("--score", $"{file.Name} has labels of {string.Join(", ", categories.Keys.Select(ColumnNames.Shown))}", "say which of them the score is of: --category NAME");
        }

        var judged = categories.Where(pair => (query.Category ?? pair.Key) == pair.Key && (cascade is null || cascade.Categories.Contains(pair.Key))).ToList();
        if (judged.Count == 0)
        {
            throw new InputException(
                file.Name, $"its labels are of {string.Join(", ", categories.Keys.Select(ColumnNames.Shown))}, none of which the release judges",
                $"the release judges {string.Join(", ", cascade!.Categories)}");
        }

        return [.. judged.Select(pair => Rows(pair.Key, pair.Value))];
    }

    private EvaluatedRows Rows(string name, Category category) => new()
    {
        Set = LabelledSet.NameOf(file),
        Category = name,
        Scores = category.Scores.Build(),
        Violating = category.Violating.Build(),
        Flagged = category.Flagged.Build(),
        Threshold = query.Threshold ?? (cascade is null ? null : Cut(cascade.Release.Thresholds[name].Cuts)),
        StatedPrior = cascade?.Release.Calibration[name].Prior,
        Clusters = category.Clusters.Build() is { Values.Count: > 0 } clusters ? clusters : null,
        Groups = query.By is null ? null : new(category.Groups.Build(), category.GroupRows.Build()),
        NotJudged = category.NotJudged,
    };

    private void Add(EvaluateBatch batch, EvaluateColumns columns, RowMarks marks, int row, string name, ReadOnlySpan<byte> label)
    {
        if (label.IsEmpty)
        {
            return;
        }

        if (Cell.Label(label, out sbyte truth) is { } right)
        {
            marks.Refuse(row, $"labels.{name}", label, right);
            return;
        }

        if (!categories.TryGetValue(name, out var category))
        {
            categories[name] = category = new Category(new("cluster"), new(query.By ?? ""));
        }

        double score = cascade is null
            ? Recorded(batch, columns, marks, row)
            : cascade.Categories.ToList().IndexOf(name) is var index && index < 0 ? double.NaN : batch.Score(row, index);
        if (double.IsNaN(score))
        {
            category.NotJudged++;
            return;
        }

        category.Scores.Add(score);
        category.Violating.Add(truth == 1);
        category.Flagged.Add(IsFlagged(name, score, cascade is null ? null : batch.Languages[row]));
        category.Clusters.Add(columns.Cluster < 0 ? default : batch.Chunk[row, columns.Cluster]);
        AddGroups(category, columns.By < 0 ? default : batch.Chunk[row, columns.By]);
    }

    private void AddGroups(Category category, ReadOnlySpan<byte> cell)
    {
        if (query.By is null)
        {
            return;
        }

        int row = category.Scores.Count - 1;
        if (Members(cell) is not { } members)
        {
            category.Groups.Add(cell);
            category.GroupRows.Add(row);
            return;
        }

        foreach (string member in members)
        {
            category.Groups.Add(member);
            category.GroupRows.Add(row);
        }
    }

    /// <summary>The distinct members of a list of plain values; null for a cell that is none.</summary>
    private static List<string>? Members(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty || cell[0] != (byte)'[')
        {
            return null;
        }

        try
        {
            var json = new Utf8JsonReader(cell);
            return JsonElement.TryParseValue(ref json, out var list) && list.Value.EnumerateArray().All(member => member.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
                ? [.. list.Value.EnumerateArray().Where(member => member.ValueKind != JsonValueKind.Null).Select(member => member.ToString()).Distinct(StringComparer.Ordinal)]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private double Recorded(EvaluateBatch batch, EvaluateColumns columns, RowMarks marks, int row)
    {
        var cell = columns.Score < 0 ? default : batch.Chunk[row, columns.Score];
        if (cell.IsEmpty)
        {
            return double.NaN;
        }

        if (Cell.Score(cell, out double score) is { } right)
        {
            marks.Refuse(row, query.Score!, cell, right);
            return double.NaN;
        }

        return score;
    }

    private bool IsFlagged(string category, double score, string? language) =>
        (query.Threshold ?? Cut(cascade!.Release.Thresholds[category].For(language, surface: null))) is { } cut
        && new Cuts(null, cut).Decide(score) == Verdict.Violating;

    private double? Cut(Cuts cuts) => query.AtBlock ? cuts.BlockFrom : cuts.ReviewFrom ?? cuts.BlockFrom;

    private bool Matches(ReadOnlySpan<byte> split, string wanted)
    {
        if (split.SequenceEqual(Encoding.UTF8.GetBytes(wanted)))
        {
            return true;
        }

        if (splits.Count < 10 && !split.IsEmpty)
        {
            splits.Add(Encoding.UTF8.GetString(split));
        }

        return false;
    }

    private void Require(string option, string? name, int column, IReadOnlyList<string> names)
    {
        if (name is not null && column < 0)
        {
            throw new InputException(
                option, $"{file.Name} has no column \"{name}\"; there are {ColumnNames.List(names)}",
                DidYouMean.Of(name, names) is { } near ? $"did you mean {option} {near}?" : "name one that is there");
        }
    }
}
