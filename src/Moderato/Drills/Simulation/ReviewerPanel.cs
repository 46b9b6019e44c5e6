using Moderato.Decisions;

namespace Moderato.Drills.Simulation;

/// <summary>People who label: three vote, most decide, a fourth gives the second label. They err, and they split where the policy does not decide.</summary>
public sealed record ReviewerPanel
{
    public const int Size = 3;

    /// <summary>Probability that a reviewer lets a violating content pass.</summary>
    public double Miss { get; init; } = .06;

    /// <summary>Probability that a reviewer calls a plainly safe content violating.</summary>
    public double FalseAlarm { get; init; } = .004;

    /// <summary>The same where the words sound violent.</summary>
    public double FalseAlarmOnHeat { get; init; } = .02;

    /// <summary>Probability that a reviewer calls contested content violating.</summary>
    public double ContestedViolating { get; init; } = .4;

    /// <summary>Votes on contested content; they are its only truth, so they are drawn before it is scored.</summary>
    internal Votes SplitVotes(SeededRandom random)
    {
        int violating = 0;
        for (int vote = 0; vote < Size; vote++)
        {
            violating += random.Chance(ContestedViolating) ? 1 : 0;
        }

        return new(violating, Size);
    }

    internal double ViolatingVote(SimulatedRow row) =>
        row.Contested ? ContestedViolating
        : row.Violating ? 1 - Miss
        : row.Heat >= 2 || row.Harm is not null ? FalseAlarmOnHeat
        : FalseAlarm;
}
