using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>What to plant, and in what traffic. The same plan gives the same incident everywhere.</summary>
public sealed record IncidentPlan
{
    /// <summary>One of <see cref="IncidentCatalog"/>'s causes.</summary>
    public required string Cause { get; init; }

    /// <summary>What sets it off; null for the cause's usual trigger (<see cref="IncidentCatalog"/>).</summary>
    public string? Trigger { get; init; }

    public int Seed { get; init; } = 1;

    /// <summary>Another draw of the same incident, 0 for the first: other people, texts and labels, the same thing that went wrong.</summary>
    public int Replicate { get; init; }

    public string Category { get; init; } = Policies.Category.Toxicity;

    /// <summary>Share of truly violating contents in ordinary traffic, .002 to .1; null for .02 (label noise: .1, since only violating contents can be mislabelled safe).</summary>
    public double? Prevalence { get; init; }

    /// <summary>Languages of ordinary traffic, as where a classifier is fit for some only; null for all that <see cref="IncidentCatalog.UsualLanguages"/> lists.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    public int ReferenceRows { get; init; } = 20_000;

    /// <summary>Current contents before the incident adds its own.</summary>
    public int CurrentRows { get; init; } = 10_000;

    public int ReferenceDays { get; init; } = 28;

    public int CurrentDays { get; init; } = 14;

    /// <summary>Midnight UTC at which the reference begins.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>FPR before the incident, and the objective where the incident is one that was always there.</summary>
    public double ReferenceFpr { get; init; } = .025;

    /// <summary>FPR of the current period with the incident (label noise: the FPR that its labels seem to show).</summary>
    public double CurrentFpr { get; init; } = .08;

    /// <summary>Share of the current period that passes before the incident begins.</summary>
    public double Onset { get; init; }

    /// <summary>The cuts of the release; a <c>threshold</c> incident with trigger release lowers them.</summary>
    public Cuts Cuts { get; init; } = new(null, .5);

    public ScoreShape Shape { get; init; }

    /// <summary>How far the classifier tells violating from safe contents apart: distance of the means in logits (safe spreads by about 1.3).</summary>
    public double Separation { get; init; } = 4.2;

    /// <summary>The content that a mix shift or a slice incident is about; null for a choice by seed.</summary>
    public PlantedSlice? Slice { get; init; }

    public ReviewerPanel Reviewers { get; init; } = new();

    /// <summary>Without texts a table is smaller; everything else stays the same.</summary>
    public bool WithTexts { get; init; } = true;
}

/// <summary>How scores lie: a smooth continuum to 4 decimals, or the dozen values that an LLM writes down (.85, .9, …).</summary>
public enum ScoreShape
{
    Smooth,
    Lumpy,
}

/// <summary>A kind of content that an incident is about: <c>language</c>, <c>surface</c>, or <c>register</c> (to be told by its text only).</summary>
public sealed record PlantedSlice(string By, string Value)
{
    public const string Language = "language";
    public const string Surface = "surface";
    public const string Register = "register";
}
