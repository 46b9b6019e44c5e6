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
    public double AcceptedFpr(double today, Rate? reference) => this switch
    {
        Objective(var fpr) => fpr,
        Reference when reference is Rate.Known known => known.Estimate,
        _ => today / 2,
    };

    /// <summary>The highest acceptable FPR, as the operator stated it.</summary>
    public sealed record Objective(double Fpr) : Yardstick
    {
        public override string Words => "the objective";
    }

    /// <summary>The FPR of the reference period.</summary>
    public sealed record Reference : Yardstick
    {
        public override string Words => "the reference period";
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
