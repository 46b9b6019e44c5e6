using CsCheck;

namespace Moderato.Statistics.Tests.Properties;

/// <summary>What holds for every statistic, checked for every statistic (as scikit-learn's metrics/tests/test_common.py does).</summary>
public sealed class GroupPropertiesTests
{
    private const int Iterations = 60;

    public static TheoryData<string> Statistics => [.. Registry.All.Select(statistic => statistic.Name)];

    public static TheoryData<string> Weighted => Where(statistic => statistic.Weighted);

    public static TheoryData<string> WeightScaleFree => Where(statistic => statistic.WeightScaleFree);

    public static TheoryData<string> RanksOnly => Where(statistic => statistic.RanksOnly);

    public static TheoryData<string> Swappable => Where(statistic => statistic.WhenGroupsSwap is not null);

    [Theory]
    [MemberData(nameof(Statistics))]
    public void The_order_of_the_rows_does_not_matter_not_even_within_ties(string name) => Agree(name, rows =>
    {
        var shuffled = rows.Each().ToArray();
        new Random(rows.Count).Shuffle(shuffled);
        return Rows.Of(shuffled);
    });

    [Theory]
    [MemberData(nameof(Weighted))]
    public void A_weight_of_k_is_k_repeats(string name) => Agree(name, rows => Rows.Of(
        rows.Each().SelectMany(row => Enumerable.Repeat((row.Value, row.Group, 1.0), (int)row.Weight))));

    [Theory]
    [MemberData(nameof(Weighted))]
    public void A_row_of_weight_0_is_no_row(string name) => Agree(name, rows => Rows.Of(
        [.. rows.Each(), .. rows.Each().Take(3).Select(row => (row.Value, !row.Group, 0.0))]));

    [Theory]
    [MemberData(nameof(WeightScaleFree))]
    public void Only_the_ratios_of_the_weights_matter(string name) =>
        Agree(name, rows => rows with { Weights = [.. rows.Weights.Select(weight => weight * .37)] });

    [Theory]
    [MemberData(nameof(RanksOnly))]
    public void Only_the_order_of_the_values_matters(string name)
    {
        bool scores = Registry.Named(name).Values == Statistic.Kind.Scores;
        Agree(name, rows => rows with { Values = [.. rows.Values.Select(value => scores ? value * value : Math.Exp(value / 20))] });
    }

    [Theory]
    [MemberData(nameof(Swappable))]
    public void The_groups_may_change_places(string name)
    {
        var statistic = Registry.Named(name);
        Generator(statistic).Sample(rows =>
            Same(statistic, statistic.Of(rows) is { } value ? statistic.WhenGroupsSwap!(value) : null,
                statistic.Of(rows with { Group = [.. rows.Group.Select(group => !group)] })), iter: Iterations);
    }

    [Theory]
    [MemberData(nameof(Statistics))]
    public void Nothing_at_all_gets_its_answer(string name) => Answers(name, statistic => statistic.Empty, new([], [], []));

    [Theory]
    [MemberData(nameof(Statistics))]
    public void One_group_only_gets_its_answer(string name)
    {
        Answers(name, statistic => statistic.OnlyFirst, Four(name) with { Group = [false, false, false, false] });
        Answers(name, statistic => statistic.OnlySecond, Four(name) with { Group = [true, true, true, true] });
    }

    [Theory]
    [MemberData(nameof(Statistics))]
    public void One_value_throughout_gets_its_answer(string name) =>
        Answers(name, statistic => statistic.Constant, Four(name) with { Values = [1, 1, 1, 1] });

    [Theory]
    [MemberData(nameof(Statistics))]
    public void NaN_is_refused_by_name(string name)
    {
        var statistic = Registry.Named(name);
        var rows = Four(name);
        if (statistic.Values != Statistic.Kind.Categories)
        {
            Refused(rows with { Values = [rows.Values[0], double.NaN, .. rows.Values[2..]] });
        }

        if (statistic.Weighted)
        {
            Refused(rows with { Weights = [1, 1, double.NaN, 1] });
        }

        void Refused(Rows bad) => Assert.Contains(
            "NaN", Assert.ThrowsAny<ArgumentException>(() => statistic.Of(bad)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_statistic_is_registered_once() =>
        Assert.Equal(Registry.All.Count, Registry.All.Select(statistic => statistic.Name).Distinct(StringComparer.Ordinal).Count());

    private static TheoryData<string> Where(Func<Statistic, bool> has) => [.. Registry.All.Where(has).Select(statistic => statistic.Name)];

    private static void Agree(string name, Func<Rows, Rows> other)
    {
        var statistic = Registry.Named(name);
        Generator(statistic).Sample(rows => Same(statistic, statistic.Of(rows), statistic.Of(other(rows))), iter: Iterations);
    }

    private static void Same(Statistic statistic, double? one, double? two)
    {
        Assert.Equal(one is null, two is null);
        Assert.False(one is { } value && double.IsNaN(value), $"{statistic.Name} is NaN: say undefined.");
        Assert.Equal(one ?? 0, two ?? 0, statistic.Tolerance * Math.Max(1, Math.Abs(one ?? 0)));
    }

    private static void Answers(string name, Func<Statistic, Answer> asked, Rows rows)
    {
        var statistic = Registry.Named(name);
        switch (asked(statistic))
        {
            case Answer.Refusal:
                Assert.NotEmpty(Assert.ThrowsAny<ArgumentException>(() => statistic.Of(rows)).Message);
                break;
            case Answer.NoValue:
                Assert.Null(statistic.Of(rows));
                break;
            case Answer.Value(var expected):
                Assert.Equal(expected, statistic.Of(rows)!.Value, 1e-12);
                break;
            case Answer.AnyValue:
                Assert.True(double.IsFinite(statistic.Of(rows)!.Value));
                break;
        }
    }

    private static Rows Four(string name) => new(
        Registry.Named(name).Values == Statistic.Kind.Scores ? [.1, .4, .4, .9] : [0, 3, 3, 1], [false, true, false, true], [1, 1, 1, 1]);

    /// <summary>4 to 40 rows with many ties, both groups present, whole weights of 1 to 3 where the statistic has any.</summary>
    private static Gen<Rows> Generator(Statistic statistic)
    {
        var value = statistic.Values switch
        {
            Statistic.Kind.Scores => Gen.Int[0, 100].Select(k => k / 100.0),
            Statistic.Kind.Numbers => Gen.Int[-40, 40].Select(k => k / 4.0),
            _ => Gen.Int[0, 4].Select(k => (double)k),
        };
        var weight = statistic.Weighted ? Gen.Int[1, 3].Select(k => (double)k) : Gen.Const(1.0);
        return Gen.Select(value, Gen.Bool, weight).Array[4, 40].Select(rows => Rows.Of(rows.Select(
            (row, i) => (row.Item1, i < 2 ? i == 1 : row.Item2, row.Item3))));
    }
}
