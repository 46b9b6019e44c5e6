using System.Text;
using CsCheck;
using Moderato.Decisions;
using Moderato.Policies;
using Moderato.Releases;

namespace Moderato.Tests.Releases;

public sealed class CascadeTests
{
    private static readonly Cascade Cascade = new(SeededRelease.Create(), SeededRelease.Model);

    [Theory]
    [InlineData(0.1, 0.1, Verdict.Safe, 1)] // 0.4 − 0.1 is nearer than 0.5 − 0.1
    [InlineData(0.55, 0.1, Verdict.Borderline, 0)]
    [InlineData(0.55, 0.41, Verdict.Borderline, 0)]
    [InlineData(0.51, 0.45, Verdict.Borderline, 1)]
    [InlineData(0.80, 0.89, Verdict.Violating, 0)]
    [InlineData(0.85, 0.99, Verdict.Violating, 1)]
    [InlineData(double.NaN, 0.1, Verdict.Safe, 1)]
    [InlineData(0.85, double.NaN, Verdict.Violating, 0)]
    [InlineData(double.NaN, double.NaN, Verdict.Borderline, CascadeVerdict.NotJudged)]
    public void Shows_the_worst_verdict_then_the_largest_margin(double hate, double toxicity, Verdict verdict, int category) =>
        Assert.Equal(new CascadeVerdict(verdict, category), Cascade.Decide([hate, toxicity], null, null));

    [Theory]
    [InlineData(null, null, Verdict.Borderline)]
    [InlineData("de", null, Verdict.Borderline)]
    [InlineData("en", "chat", Verdict.Safe)]
    [InlineData("de", "chat", Verdict.Safe)]
    public void Takes_the_cuts_that_say_most_about_the_content(string? language, string? surface, Verdict verdict) =>
        Assert.Equal(verdict, Cascade.Decide([double.NaN, 0.55], language, surface).Verdict);

    [Theory]
    [InlineData("en", true, true)]
    [InlineData("en-GB", true, true)]
    [InlineData("EN", true, true)]
    [InlineData(null, true, true)]
    [InlineData("und", true, true)]
    [InlineData("de", false, true)]
    [InlineData("fr", false, false)]
    public void Leaves_out_what_is_not_fit_for_the_language(string? language, bool hate, bool toxicity)
    {
        var decision = Cascade.Decide("some text", language);
        Assert.Equal(hate, decision.Scores.ContainsKey(Category.Hate));
        Assert.Equal(toxicity, decision.Scores.ContainsKey(Category.Toxicity));
    }

    [Fact]
    public void Never_calls_safe_what_nothing_could_judge()
    {
        var decision = Cascade.Decide("bonjour", "fr");
        Assert.Equal(Verdict.Borderline, decision.Verdict);
        Assert.Null(decision.Category);
        Assert.Empty(decision.Scores);
    }

    [Fact]
    public void Scores_have_four_decimals_and_are_the_same_from_utf8() =>
        Gen.String.Sample(text =>
        {
            var scores = new double[2];
            var fromUtf8 = new double[2];
            var verdict = Cascade.Decide(text, null, null, scores);
            return Cascade.DecideUtf8(Encoding.UTF8.GetBytes(text), null, null, fromUtf8) == verdict
                && scores.SequenceEqual(fromUtf8)
                && Array.TrueForAll(scores, score => score is >= 0 and <= 1 && score == Math.Round(score, 4));
        });
}
