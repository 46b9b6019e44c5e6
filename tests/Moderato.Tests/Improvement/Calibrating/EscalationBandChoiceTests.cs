using CsCheck;
using Moderato.Decisions;
using Moderato.Improvement.Calibrating;
using Moderato.Releases;
using Moderato.Statistics.Curves;

namespace Moderato.Tests.Improvement.Calibrating;

public sealed class EscalationBandChoiceTests
{
    private static readonly TierCalibration Trusts = new(new LogisticMap(0, new Dictionary<string, double> { ["llm"] = 1 }), null, 0.1);
    private static readonly Cuts Cuts = new(0.4, 0.8);

    [Fact]
    public void Is_the_best_of_all_bands_where_it_is_any() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Bool).Array[3, 150].Sample(rows =>
        {
            var costs = new AskingCosts(1, 5, 0.5, 0.2);
            var part = Part(rows.Select(row => Row(row.Item1 / 20.0, row.Item2 / 20.0, row.Item3)));
            var outcome = EscalationBandChoice.Of(new CalibrationParts(Part([]), part, part, 0.1), Trusts, Cuts, costs);
            double Harm(double from, double to) => EscalationBandChoice.Report(part, Trusts, Cuts, costs, new EscalationBand(from, to)).HarmAfter;
            double best = Enumerable.Range(0, 21).SelectMany(from => Enumerable.Range(from + 1, 21 - from).Select(to => Harm(from / 20.0, to == 21 ? 1.0001 : to / 20.0))).Min();
            return outcome is not EscalationBandOutcome.Chosen chosen || Math.Abs(chosen.Report.HarmAfter - best) < 1e-9;
        });

    [Fact]
    public void Asks_nobody_whose_answers_are_not_worth_their_price()
    {
        var part = Part(Enumerable.Range(0, 20).SelectMany(_ => (TierRow[])[Row(0.5, 0.01, false), Row(0.5, 0.99, true), Row(0.1, 0.9, true)]));
        Assert.IsType<EscalationBandOutcome.NotWorthIt>(EscalationBandChoice.Of(new CalibrationParts(part, part, part, 0.1), Trusts, Cuts, new AskingCosts(1, 5, 0.1, 10)));
        var chosen = Assert.IsType<EscalationBandOutcome.Chosen>(EscalationBandChoice.Of(new CalibrationParts(part, part, part, 0.1), Trusts, Cuts, new AskingCosts(1, 5, 0.1, 0)));
        Assert.Equal(0.1, chosen.Band.From);
        Assert.Equal((1, 0), (chosen.Report.AskedShare, chosen.Report.HarmAfter));
        Assert.Equal(ScoreBin.Cut(ScoreBin.Of(0.5) + 1), chosen.Band.To);
    }

    [Fact]
    public void Finds_nothing_worth_asking_where_answers_are_noise()
    {
        int chosen = Enumerable.Range(1, 100).Count(seed =>
        {
            var random = new Random(seed);
            var part = Part(Enumerable.Range(0, 400).Select(_ => Row(random.NextDouble() * 0.79, random.NextDouble(), random.NextDouble() < 0.2)));
            return EscalationBandChoice.Of(new CalibrationParts(part, part, part, 0.2), Trusts, Cuts, new AskingCosts(1, 1, 0.5, 0.1)) is EscalationBandOutcome.Chosen;
        });
        Assert.InRange(chosen, 0, 5);
    }

    private static WeightedRows Part(IEnumerable<TierRow> rows) => new([.. rows], [.. rows.Select(_ => 1.0)]);

    private static TierRow Row(double ngram, double llm, bool violating) => new(new Dictionary<string, double> { ["ngram"] = ngram, ["llm"] = llm }, violating, 0);
}
