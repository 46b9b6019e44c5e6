using Moderato.Decisions;
using Moderato.Server.Decisions;
using Moderato.Server.Hosting;

namespace Moderato.Server.FrontDoors.OpenAi;

/// <summary>What became of one text of a request: a decision, or the reason why there is none.</summary>
internal abstract record ModeratedText
{
    private ModeratedText()
    {
    }

    public static ModeratedText Of(WriteOutcome outcome) => outcome switch
    {
        WriteOutcome.Written(var stored) => new Decided(stored.Decision),
        WriteOutcome.Known(var stored) => new Decided(stored.Decision),
        WriteOutcome.NotDecided(_, var why) => new NotDecided(Problems.TierFailed(why, "Nothing of this text was written: send it again.")),
        WriteOutcome.Conflict => new NotDecided(Problems.Conflict("The Idempotency-Key was sent with another text in this place: give this request a key of its own.")),
        _ => throw new InvalidOperationException("An outcome is one of these."),
    };

    public sealed record Decided(Decision Decision) : ModeratedText;

    public sealed record NotDecided(Problem Problem) : ModeratedText;
}
