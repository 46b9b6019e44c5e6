using Moderato.Investigation.Findings;

namespace Moderato.Drills.Simulation;

/// <summary>Every incident that can be planted: each cause with the triggers that can set it off, the usual one first.</summary>
public static class IncidentCatalog
{
    public const string Release = "release";
    public const string Provider = "provider";
    public const string Platform = "platform";
    public const string Event = "event";
    public const string Flood = "flood";
    public const string Season = "season";
    public const string Pipeline = "pipeline";

    /// <summary>Nothing set it off: it was always so, and shows against the objective only. For a new language: a market that opened.</summary>
    public const string Unknown = "unknown";

    public static IReadOnlyList<(string Cause, IReadOnlyList<string> Triggers)> All { get; } =
    [
        (Causes.Threshold, [Unknown, Release]),
        (Causes.Calibration, [Provider, Release, Pipeline]),
        (Causes.MixShift, [Season, Platform]),
        (Causes.NewContent, [Event, Flood, Platform, Unknown]),
        (Causes.Slice, [Provider, Release, Unknown]),
        (Causes.LabelNoise, [Pipeline]),
        (Causes.Policy, [Release, Event]),
        (Causes.None, [Unknown, Event]),
    ];

    /// <summary>The languages of ordinary traffic, the commonest first.</summary>
    public static IReadOnlyList<string> UsualLanguages { get; } = [.. Grammars.Usual.Select(usual => usual.Language)];

    /// <summary>The plan with everything decided that it left open.</summary>
    /// <exception cref="ArgumentException">The plan cannot be simulated; the message lists everything that is wrong with it and what would be right.</exception>
    internal static IncidentPlan Complete(IncidentPlan plan)
    {
        var errors = new List<string>();
        var triggers = All.FirstOrDefault(known => known.Cause == plan.Cause).Triggers;
        if (triggers is null)
        {
            errors.Add($"cause \"{plan.Cause}\": one of {string.Join(", ", All.Select(known => known.Cause))}");
        }
        else if (plan.Trigger is { } trigger && !triggers.Contains(trigger))
        {
            errors.Add($"trigger \"{trigger}\" of {plan.Cause}: one of {string.Join(", ", triggers)}");
        }

        Check(Harm.JudgedCategories.Contains(plan.Category), $"category \"{plan.Category}\": one of {string.Join(", ", Harm.JudgedCategories)}");
        Check(plan.Prevalence is null or (>= .002 and <= .1), "prevalence: .002 to .1");
        Check(plan.ReferenceRows >= 1_000 && plan.CurrentRows >= 500, "rows: at least 1,000 of reference and 500 of current");
        Check(plan.ReferenceDays >= 1 && plan.CurrentDays >= 1, "days: at least one in each period");
        Check(plan.Start.Offset == TimeSpan.Zero && plan.Start.TimeOfDay == TimeSpan.Zero, "start: midnight UTC");
        Check(plan.ReferenceFpr is > 0 and < .5 && plan.CurrentFpr > plan.ReferenceFpr && plan.CurrentFpr < .5, "FPR: reference below current, both in (0, .5)");
        Check(plan.Onset is >= 0 and <= .8, "onset: 0 to .8 of the current period");
        Check(plan.Cuts.BlockFrom is > 0 and < 1, "cuts: block_from in (0, 1)");
        Check(plan.Languages is null || (plan.Languages.Count > 0 && plan.Languages.All(UsualLanguages.Contains)), $"languages: some of {string.Join(", ", UsualLanguages)}");
        Check(plan.Cause != Causes.MixShift || plan.Trigger != Platform || plan.Slice is not null || plan.Languages is null or { Count: > 1 }, "languages: at least two, so that one of them can grow");
        Check(plan.Slice is null || TrafficMix.Usual(plan.Languages ?? UsualLanguages).Has(plan.Slice), $"slice {plan.Slice?.By} = {plan.Slice?.Value}: a language, surface or register that some of the ordinary traffic has, and not all");
        if (errors.Count > 0)
        {
            throw new ArgumentException("This incident cannot be planted. " + string.Join("; ", errors) + ".", nameof(plan));
        }

        return plan with
        {
            Trigger = plan.Trigger ?? triggers![0],
            Languages = plan.Languages ?? UsualLanguages,
            Prevalence = plan.Prevalence ?? (plan.Cause == Causes.LabelNoise ? .1 : .02),
        };

        void Check(bool holds, string otherwise)
        {
            if (!holds)
            {
                errors.Add(otherwise);
            }
        }
    }
}
