using Moderato.Decisions;
using Moderato.Investigation.Findings;

namespace Moderato.Drills.Simulation;

/// <summary>What only the simulator knows; row i of each array is row i of the incident's table.</summary>
public sealed record IncidentTruth
{
    public required string Cause { get; init; }

    /// <summary>Null where nothing set it off.</summary>
    public required Trigger? Trigger { get; init; }

    /// <summary>One sentence: what was planted.</summary>
    public required string Statement { get; init; }

    /// <summary>The kind of content it is about, where it is about one.</summary>
    public required PlantedSlice? Slice { get; init; }

    /// <summary>The objective that is missed, where nothing changed between the periods and only it shows that something is wrong.</summary>
    public required double? ObjectiveFpr { get; init; }

    /// <summary>Errors against the truth in the reference and in the current period.</summary>
    public required ErrorCounts Before { get; init; }

    public required ErrorCounts After { get; init; }

    /// <summary>Errors of the current period as the first labels have them.</summary>
    public required ErrorCounts AfterAsLabelled { get; init; }

    /// <summary>Truly violating; of contested content, what most of a panel said.</summary>
    public required bool[] Violating { get; init; }

    /// <summary>The label that a person gives when asked: 1 violating, 0 safe.</summary>
    public required sbyte[] Labels { get; init; }

    public required Votes[] Votes { get; init; }

    public required sbyte[] SecondLabels { get; init; }

    /// <summary>Whether the incident brought or changed the row.</summary>
    public required bool[] Planted { get; init; }

    public required CodedColumn Registers { get; init; }

    /// <summary>How a person would code each row on the sheet, were it a false positive.</summary>
    public required CodedColumn Codes { get; init; }
}

/// <summary>Counts over all contents of a period; <c>borderline</c> is neither error.</summary>
public sealed record ErrorCounts(long FalsePositives, long Safe, long FalseNegatives, long Violating)
{
    /// <summary>Violating verdicts on truly safe contents / truly safe contents, of the whole period: a count, not an estimate.</summary>
    public double Fpr => FalsePositives / (double)Safe;

    /// <summary>Safe verdicts on truly violating contents / truly violating contents.</summary>
    public double Fnr => FalseNegatives / (double)Violating;

    public static ErrorCounts Of(ReadOnlySpan<Verdict> verdicts, Func<int, bool> violates, Func<int, bool> counts)
    {
        long falsePositives = 0, safe = 0, falseNegatives = 0, violating = 0;
        for (int row = 0; row < verdicts.Length; row++)
        {
            if (!counts(row))
            {
                continue;
            }

            if (violates(row))
            {
                violating++;
                falseNegatives += verdicts[row] == Verdict.Safe ? 1 : 0;
            }
            else
            {
                safe++;
                falsePositives += verdicts[row] == Verdict.Violating ? 1 : 0;
            }
        }

        return new(falsePositives, safe, falseNegatives, violating);
    }
}
