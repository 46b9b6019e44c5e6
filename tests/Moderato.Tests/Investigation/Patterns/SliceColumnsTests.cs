using Moderato.Decisions;
using Moderato.Investigation.Patterns;

namespace Moderato.Tests.Investigation.Patterns;

public sealed class SliceColumnsTests
{
    [Fact]
    public void A_column_that_the_log_set_aside_is_named_as_not_sliced_by() =>
        Assert.Contains(SliceColumns.Of(Table(100) with { ColumnsSetAside = ["session"] }).LeftOut, gap => gap.What == "slices by session" && gap.Why.Contains("group them into kinds", StringComparison.Ordinal));

    [Fact]
    public void A_column_of_names_is_left_out_and_named()
    {
        var columns = SliceColumns.Of(Table(500) with { Columns = [Column("game_id", 500, row => $"g{row}"), Column("surface", 500, row => row % 2 == 0 ? "chat" : "profile")] });
        Assert.Equal(["surface"], columns.Columns.Select(column => column.Name));
        Assert.Contains(columns.LeftOut, left => left.What == "slices by game_id" && left.Why.StartsWith("500 different values", StringComparison.Ordinal));
    }

    [Fact]
    public void A_column_of_many_numbers_becomes_five_bands()
    {
        var bands = Assert.Single(SliceColumns.Of(Table(1000) with { Columns = [Column("followers", 1000, row => $"{row}")] }).Columns);
        Assert.Equal(["below 200", "200 to 400", "400 to 600", "600 to 800", "800 and more"], bands.Values);
        Assert.Equal(("below 200", "200 to 400", "800 and more"), (bands[199], bands[200], bands[999]));
    }

    [Fact]
    public void A_column_of_one_value_is_no_slice() =>
        Assert.Empty(SliceColumns.Of(Table(100) with { Columns = [Column("release", 100, _ => "r1")] }).Columns);

    [Fact]
    public void A_sparse_column_of_one_value_is() =>
        Assert.Single(SliceColumns.Of(Table(100) with { Columns = [Column("flagged_by", 100, row => row < 30 ? "user" : null)] }).Columns);

    [Fact]
    public void Time_and_author_give_hour_weekday_and_age()
    {
        var start = new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
        var table = Table(30 * 24) with
        {
            Times = [.. Enumerable.Range(0, 30 * 24).Select(hour => start.AddHours(hour).Ticks)],
            Authors = Column("author", 30 * 24, row => row >= 480 ? "late" : "early"),
        };
        var columns = SliceColumns.Of(table).Columns.ToDictionary(column => column.Name);
        Assert.Equal("00–02 h UTC", columns["hour"][2]);
        Assert.Equal("Monday", columns["weekday"][5]);
        Assert.Null(columns["author age"][100]);
        Assert.Equal("known", columns["author age"][400]);
        Assert.Equal("first day", columns["author age"][490]);
        Assert.Equal("known", columns["author age"][510]);
    }

    [Fact]
    public void Text_gives_length_and_signals()
    {
        var columns = SliceColumns.Of(Table(2) with { Texts = PackedStrings.From(["ça va ?", new string('é', 90)]) });
        Assert.Equal("1–20 characters", columns.Columns.Single(column => column.Name == "length")[0]);
        Assert.Equal("81–200 characters", columns.Columns.Single(column => column.Name == "length")[1]);
        Assert.Equal("question", columns.SignalColumns().Single(column => column.Values[0] == "question")[0]);
        Assert.Contains(columns.LeftOut, left => left.What == "sarcasm and satire");
    }

    [Fact]
    public void A_conjunction_names_each_condition_once()
    {
        var table = Table(1) with { Texts = PackedStrings.From(["shoot the boss?"]) };
        var features = SliceFeatures.Of(table, SliceColumns.Of(table), Terms.Named(["shoot", "boss"]));
        int[] terms = [.. features.Table.Of(0).ToArray().Select(feature => (int)feature).Where(feature => features.Features[feature].Name == "term")];
        Assert.Equal(new Dictionary<string, string> { ["term"] = "shoot", ["term 2"] = "boss" }, features.Where(terms));
    }

    private static DecisionTable Table(int rows) => new()
    {
        Category = "",
        Ids = PackedStrings.From(Enumerable.Range(0, rows).Select(row => $"{row}")),
        Verdicts = new Verdict[rows],
        Labels = new sbyte[rows],
        Design = new LabelDesign.None(),
    };

    private static CodedColumn Column(string name, int rows, Func<int, string?> value)
    {
        var builder = new CodedColumn.Builder(name);
        for (int row = 0; row < rows; row++)
        {
            builder.Add(value(row));
        }

        return builder.Build();
    }
}
