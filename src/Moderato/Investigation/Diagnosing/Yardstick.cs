using Moderato.Statistics.Intervals;

namespace Moderato.Investigation.Diagnosing;

/// <summary>What the false-positive rate is held against.</summary>
public abstract record Yardstick
{
    /// <summary>A rise counts as relevant from 1.25 times the yardstick (CONTRACT, order of judgement).</summary>
    public const double RelevantRise = 1.25;

    private Yardstick()
    {
    }

    /// <summary>In words, for the sentence "above …".</summary>
    public abstract string Words { get; }

    /// <summary>The FPR that is accepted, given today's and the reference's.</summary>
    /// <param name="flagRatio">Today's flag rate over the reference's.</param>
    public double AcceptedFpr(double today, Rate? reference, double flagRatio) => this switch
    {
        Objective(var fpr) => fpr,
        Reference(Borrowed: false) when reference is Rate.Known known => known.Estimate,
        Reference(Borrowed: true) => today / Math.Max(1, flagRatio),
        _ => today / 2,
    };

    /// <summary>The highest acceptable FPR, as the operator stated it.</summary>
    public sealed record Objective(double Fpr) : Yardstick
    {
        public override string Words => "the objective";
    }

    /// <summary>The FPR of the reference period.</summary>
    /// <param name="Borrowed">No label tells it: what was flagged there is taken to be truly safe as often as what is flagged alike today.</param>
    public sealed record Reference(bool Borrowed = false) : Yardstick
    {
        public override string Words => Borrowed ? "the reference period, if as much of what was flagged there was safe as today" : "the reference period";
    }

    /// <summary>
    /// Neither is known: the operator asks "why so many?", which is taken as given. The excess is then what lies over half of
    /// today's rate, so that "most of the excess" in a slice means that without it the rate would at least halve.
    /// </summary>
    public sealed record Question : Yardstick
    {
        public override string Words => "half of today's rate, since neither an objective nor a labelled reference is known";
    }
}
