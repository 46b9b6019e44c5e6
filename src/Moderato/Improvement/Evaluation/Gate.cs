using System.Globalization;
using Moderato.Statistics.Intervals;

namespace Moderato.Improvement.Evaluation;

/// <summary>Bars that a release has to reach before it may go on.</summary>
public sealed record Gate(IReadOnlyList<GateBar> Bars)
{
    /// <summary>What every bar comes to on these findings.</summary>
    public IReadOnlyList<GateOutcome> Check(EvaluationFindings findings) =>
        [.. Bars.SelectMany(bar => bar.Rates(findings).Select(measured => bar.Check(measured.Where, measured.Rate)))];

    /// <summary>All that is wrong with the bars, each with what would be right.</summary>
    public IReadOnlyList<string> Errors(EvaluationFindings findings)
    {
        var errors = new List<string>();
        if (Bars is null or { Count: 0 })
        {
            return ["it has no bars: {\"bars\": [{\"metric\": \"averagePrecision\", \"atLeast\": 0.8}]}"];
        }

        for (int i = 0; i < Bars.Count; i++)
        {
            var bar = Bars[i];
            if (!GateBar.Metrics.Contains(bar.Metric))
            {
                errors.Add($"bar {i + 1}: metric \"{bar.Metric}\" is none of {string.Join(", ", GateBar.Metrics)}");
            }
            else if (bar.AtLeast is null == bar.AtMost is null)
            {
                errors.Add($"bar {i + 1}: give either atLeast or atMost");
            }
            else if (bar.By is null != bar.Value is null)
            {
                errors.Add($"bar {i + 1}: by and value go together");
            }
            else if (!bar.Rates(findings).Any())
            {
                errors.Add($"bar {i + 1}: no set, category or group that was evaluated is meant by it");
            }
        }

        return errors;
    }
}

/// <summary>One bar: which figure, and what it must reach.</summary>
/// <param name="Metric">One of <see cref="Metrics"/>.</param>
/// <param name="Set">Only this set; every one when null.</param>
/// <param name="Category">Only this category; every one when null.</param>
/// <param name="By">A group's column, with <paramref name="Value"/>.</param>
/// <param name="Bound">The interval's worse limit has to reach the bar, not the estimate alone.</param>
public sealed record GateBar(
    string Metric, double? AtLeast = null, double? AtMost = null, string? Set = null, string? Category = null,
    string? By = null, string? Value = null, bool Bound = false)
{
    public static IReadOnlyList<string> Metrics { get; } = ["macroF1", "averagePrecision", "rocAuc", "tprAtFpr05", "fpr", "fnr", "ece", "debiasedEce", "calibrationSlope"];

    internal IEnumerable<(string Where, Rate Rate)> Rates(EvaluationFindings findings)
    {
        foreach (var set in findings.Sets.Where(set => (Set ?? set.Set) == set.Set && (Category ?? set.Category) == set.Category))
        {
            if (By is null)
            {
                yield return ($"{set.Set} {set.Category}", Of(set));
                continue;
            }

            foreach (var group in set.Groups.Where(group => group.By == By && group.Value == Value && Metric is "macroF1" or "fpr" or "fnr"))
            {
                yield return ($"{set.Set} {set.Category}, {By} {Value}", Metric switch { "macroF1" => group.MacroF1, "fpr" => group.Fpr, _ => group.Fnr });
            }
        }
    }

    internal GateOutcome Check(string where, Rate rate)
    {
        string bar = string.Create(CultureInfo.InvariantCulture, $"{Metric} {(AtLeast is null ? "at most" : "at least")} {AtLeast ?? AtMost}");
        return rate switch
        {
            Rate.Known known when AtLeast is { } least => new(where, bar, rate, (Bound ? known.Low : known.Estimate) >= least),
            Rate.Known known => new(where, bar, rate, (Bound ? known.High : known.Estimate) <= AtMost),
            _ => new(where, bar, rate, false),
        };
    }

    private Rate Of(SetFinding set) => Metric switch
    {
        "macroF1" => set.MacroF1,
        "averagePrecision" => set.AveragePrecision,
        "rocAuc" => set.RocAuc,
        "tprAtFpr05" => set.TprAtFpr05,
        "fpr" => set.Fpr,
        "fnr" => set.Fnr,
        "ece" => set.Ece,
        "debiasedEce" => set.DebiasedEce,
        _ => set.CalibrationSlope,
    };
}

/// <summary>What a bar came to.</summary>
/// <param name="Where">Set, category and group.</param>
/// <param name="Bar">"averagePrecision at least 0.8".</param>
/// <param name="Met">Unknown is never met.</param>
public sealed record GateOutcome(string Where, string Bar, Rate Rate, bool Met);
