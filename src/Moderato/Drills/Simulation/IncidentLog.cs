using Moderato.Decisions;
using Moderato.Investigation.Findings;

namespace Moderato.Drills.Simulation;

/// <summary>Turns the rows of a stage into the log that a team holds and the truth that it does not.</summary>
internal static class IncidentLog
{
    public static SimulatedIncident Write(IncidentStage stage, Planted planted)
    {
        var rows = stage.Rows.OrderBy(row => row.Time).ToArray();
        var table = Table(stage, rows);
        return new(stage.Plan, table, Truth(stage, planted, rows, table.Verdicts));
    }

    private static DecisionTable Table(IncidentStage stage, SimulatedRow[] rows)
    {
        var ids = new PackedStrings.Builder();
        var texts = new PackedStrings.Builder();
        var authors = new CodedColumn.Builder("author");
        string[] names = ["language", "surface", "author_age", "tier", "release", "policy"];
        var columns = names.Select(name => new CodedColumn.Builder(name)).ToArray();
        var labels = new sbyte[rows.Length];
        Array.Fill(labels, (sbyte)-1);
        for (int at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            ids.Add($"c{at + 1:000000}");
            texts.Add(row.Text);
            authors.Add($"u{row.Author.Number + 1:00000}");
            bool after = stage.IsAfter(row) && stage.Plan.Trigger == IncidentCatalog.Release;
            columns[0].Add(row.Cell.Language);
            columns[1].Add(row.Cell.Surface);
            columns[2].Add(Age(row.Time - row.Author.Joined));
            columns[3].Add(stage.IsReal ? "ngram" : "llm");
            columns[4].Add(after ? "r2" : "r1");
            columns[5].Add(after && stage.Plan.Cause == Causes.Policy ? "p2" : "p1");
        }

        return new DecisionTable
        {
            Category = stage.Plan.Category,
            Cuts = stage.CutsAfter,
            Ids = ids.Build(),
            Texts = stage.Plan.WithTexts ? texts.Build() : null,
            Scores = Array.ConvertAll(rows, stage.Score),
            Verdicts = Array.ConvertAll(rows, stage.Decide),
            Labels = labels,
            Design = new LabelDesign.None(),
            Times = Array.ConvertAll(rows, row => row.Time),
            Periods = Array.ConvertAll(rows, row => row.Period),
            Authors = authors.Build(),
            Columns = [.. columns.Select(column => column.Build())],
        };
    }

    private static IncidentTruth Truth(IncidentStage stage, Planted planted, SimulatedRow[] rows, Verdict[] verdicts)
    {
        var plan = stage.Plan;
        var random = new SeededRandom(plan, "reviews");
        var labels = new sbyte[rows.Length];
        var votes = new Votes[rows.Length];
        var seconds = new sbyte[rows.Length];
        var registers = new CodedColumn.Builder("register");
        var codes = new CodedColumn.Builder("code");
        for (int at = 0; at < rows.Length; at++)
        {
            var row = rows[at];
            double violating = plan.Reviewers.ViolatingVote(row);
            int count = 0;
            for (int vote = 0; vote < ReviewerPanel.Size; vote++)
            {
                count += random.Chance(violating) ? 1 : 0;
            }

            votes[at] = row.Contested ? row.Split : new(row.Mislabelled ? 0 : count, ReviewerPanel.Size);
            labels[at] = (sbyte)(votes[at].Violating * 2 > votes[at].All ? 1 : 0);
            seconds[at] = (sbyte)(random.Chance(violating) ? 1 : 0);
            registers.Add(row.Cell.Register.Name);
            codes.Add(row.Contested ? "borderline" : row.Cell.Register.Code);
        }

        var violates = Array.ConvertAll(rows, row => row.Violating);
        return new IncidentTruth
        {
            Cause = plan.Cause,
            Trigger = plan.Trigger == IncidentCatalog.Unknown && plan.Cause != Causes.NewContent
                ? null
                : new Trigger(plan.Trigger!, new DateTimeOffset(stage.Traffic.Since, TimeSpan.Zero), planted.Statement),
            Statement = planted.Statement,
            Slice = planted.Slice,
            ObjectiveFpr = planted.Objective,
            Before = ErrorCounts.Of(verdicts, row => violates[row], row => rows[row].Period == Period.Reference),
            After = ErrorCounts.Of(verdicts, row => violates[row], row => rows[row].Period == Period.Current),
            AfterAsLabelled = ErrorCounts.Of(verdicts, row => labels[row] == 1, row => rows[row].Period == Period.Current),
            Violating = violates,
            Labels = labels,
            Votes = votes,
            SecondLabels = seconds,
            Planted = Array.ConvertAll(rows, row => row.Planted),
            Registers = registers.Build(),
            Codes = codes.Build(),
        };
    }

    private static string Age(long ticks) => (ticks / TimeSpan.TicksPerDay) switch
    {
        < 7 => "under a week",
        < 90 => "under 90 days",
        _ => "90 days or more",
    };
}
