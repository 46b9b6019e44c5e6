using Moderato.Decisions;

namespace Moderato.Cli.Input;

/// <summary>What is to be read, and how.</summary>
public sealed record DecisionQuery
{
    public required IReadOnlyList<InputFile> Files { get; init; }

    public IReadOnlyList<InputFile> Reference { get; init; } = [];

    public ColumnMap Map { get; init; } = ColumnMap.None;

    /// <summary>Only this category; all of them when null.</summary>
    public string? Category { get; init; }

    /// <summary>The cuts in force, where the operator gave any.</summary>
    public Cuts? Cuts { get; init; }

    /// <summary>The operator states that the labelled rows are a simple random sample.</summary>
    public bool LabelsAreRandom { get; init; }

    /// <summary>Rows without a verdict are refused. Where only the contents matter they are kept, as safe.</summary>
    public bool VerdictsNeeded { get; init; } = true;

    /// <summary>UTC ticks: rows before are the reference.</summary>
    public long? Since { get; init; }

    /// <summary>A filled coding sheet.</summary>
    public IReadOnlyList<InputFile> Labelled { get; init; } = [];

    /// <summary>Share of rows that may be unreadable.</summary>
    public double MaxBadRows { get; init; } = 0.01;
}
