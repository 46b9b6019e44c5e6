using Moderato.Decisions;
using Moderato.Investigation.Findings;
using Moderato.Pictures;
using Moderato.Statistics.Intervals;

namespace Moderato.Investigation;

/// <summary>The four numbers that people call "the false-positive rate", and how they come from the same contents.</summary>
internal sealed class FprMeanings
{
    private const double Confidence = 0.95;

    private readonly long contents;
    private readonly long flagged;
    private readonly long appealed;
    private readonly long overturned;
    private readonly long complaints;
    private readonly Rate fpr;
    private readonly Rate falseDiscoveries;

    public FprMeanings(Evidence evidence, Rate fpr, Rate falseDiscoveries)
    {
        (this.fpr, this.falseDiscoveries) = (fpr, falseDiscoveries);
        var table = evidence.Table;
        for (int row = 0; row < table.Count; row++)
        {
            if (!table.IsCurrent(row))
            {
                continue;
            }

            contents++;
            flagged += evidence.IsFlagged(row) ? 1 : 0;
            complaints += table.LabelSources?[row] == LabelSource.Complaint ? 1 : 0;
            if (table.LabelSources?[row] == LabelSource.Appeal && evidence.IsFlagged(row) && table.Labels[row] >= 0)
            {
                appealed++;
                overturned += table.Labels[row] == 0 ? 1 : 0;
            }
        }
    }

    public IReadOnlyList<FprMeaning> All =>
    [
        new("FP / truly safe", "FP/safe", "of safe contents, wrongly flagged", fpr, "this is the FPR; it does not move with how much violating content there is")
        {
            Counts = WrongFlags is { } wrong && fpr is Rate.Known { Estimate: > 0 and var rate } ? $"{Numbers.Count(wrong)} of {Numbers.Count(Math.Round(wrong / rate))}" : "",
        },
        new("FP / flagged", "FP/flagged", "of flagged contents, truly safe", falseDiscoveries, "1 − precision; it rises where violating content is rare, though the model is the same")
        {
            Counts = WrongFlags is { } falseOnes ? $"{Numbers.Count(falseOnes)} of {Numbers.Count(flagged)}" : "",
        },
        new("overturned / appealed", "overturned", "of appealed flags, overturned",
            appealed == 0 ? new Rate.Unknown("the log holds no appeals") : WilsonInterval.Rate(overturned, appealed, "appealed decisions", "those who appealed, no sample", Confidence),
            "only those who appeal are counted, and they appeal when they think they win")
        {
            Counts = appealed == 0 ? "" : $"{Numbers.Count(overturned)} of {Numbers.Count(appealed)}",
        },
        new("complaints / contents", "complaints", "of all contents, complained about",
            complaints == 0 ? new Rate.Unknown("the log holds no complaints") : WilsonInterval.Rate(complaints, contents, "contents", "those who complained, no sample", Confidence),
            "most wronged people say nothing, and some complain who were not wronged")
        {
            Counts = complaints == 0 ? "" : $"{Numbers.Count(complaints)} of {Numbers.Count(contents)}",
        },
    ];

    private double? WrongFlags => falseDiscoveries is Rate.Known { Estimate: var share } ? Math.Round(share * flagged) : null;

    /// <summary>One sentence for each (CONTRACT: <c>rates.which</c>).</summary>
    public IReadOnlyList<string> Which =>
        [.. All.Select(meaning => $"{meaning.Formula}: {(meaning.Value is Rate.Known known ? $"{Numbers.Rate(known)} {meaning.Reads}" : Numbers.RateOrWhy(meaning.Value))}; {meaning.Why}.")];

    /// <summary>How they are numbers of the same contents.</summary>
    public string Reconciled
    {
        get
        {
            string first = fpr is Rate.Known { Estimate: > 0 and var rate } && falseDiscoveries is Rate.Known { Estimate: var share }
                ? $"The same {Numbers.Count(Math.Round(share * flagged))} wrong flags are {Numbers.Percent(rate)} of about {Numbers.Count(Math.Round(share * flagged / rate))} safe contents and {Numbers.Percent(share)} of the {Numbers.Count(flagged)} flagged ones"
                : $"{Numbers.Count(flagged)} of {Numbers.Count(contents)} contents are flagged, and how many of them wrongly only labels of known sampling tell";
            string appeals = appealed == 0 ? "" : $"; {Numbers.Count(appealed)} flags were appealed, {Numbers.Count(overturned)} overturned";
            string said = complaints == 0 ? "" : $"; {Numbers.Count(complaints)} contents brought a complaint";
            return first + appeals + said + ".";
        }
    }
}
