using Moderato.Server.Hosting;

namespace Moderato.Server.Decisions;

/// <summary>What a request for decisions is answered. A pure function of the request and of what the log did.</summary>
public abstract record DecisionReply
{
    private const string NotRight = "The content is not right";

    private DecisionReply()
    {
    }

    public sealed record Answered(DecisionsAnswer Answer) : DecisionReply;

    /// <summary>A single content that could not be decided is a problem of the whole request, as is a name that belongs to another one.</summary>
    public sealed record Refused(Problem Problem) : DecisionReply;

    /// <param name="outcomes">One for each content that was right, in their order.</param>
    public static DecisionReply Of(DecisionRequest request, IReadOnlyList<WriteOutcome> outcomes)
    {
        if (outcomes.OfType<WriteOutcome.KeyReused>().Any())
        {
            return new Refused(Problems.KeyReused());
        }

        var answer = Of(request.Contents, outcomes);
        return request.Single && answer.Errors is [var failure]
            ? new Refused(
                failure.Errors is { } errors ? Problems.Invalid(failure.Title, errors)
                : failure.Status == StatusCodes.Status503ServiceUnavailable ? Problems.TierFailed(failure.Detail!)
                : Problems.Conflict(failure.Detail!))
            : new Answered(answer);
    }

    public static DecisionsAnswer Of(IReadOnlyList<ReadContent> contents, IReadOnlyList<WriteOutcome> outcomes)
    {
        var decisions = new List<DecisionAnswer>(outcomes.Count);
        var failures = new List<ContentFailure>();
        int next = 0;
        for (int index = 0; index < contents.Count; index++)
        {
            switch (contents[index])
            {
                case ReadContent.Wrong wrong:
                    failures.Add(new(index, wrong.Id, StatusCodes.Status400BadRequest, NotRight, null, wrong.Errors));
                    break;
                case ReadContent.Right right:
                    Add(outcomes[next++], index, right.Content.Id, decisions, failures);
                    break;
            }
        }

        return new(decisions, failures.Count == 0 ? null : failures);
    }

    private static void Add(WriteOutcome outcome, int index, string contentId, List<DecisionAnswer> decisions, List<ContentFailure> failures)
    {
        switch (outcome)
        {
            case WriteOutcome.Written(var stored):
                decisions.Add(DecisionAnswer.Of(stored));
                break;
            case WriteOutcome.Known(var stored):
                decisions.Add(DecisionAnswer.Of(stored));
                break;
            case WriteOutcome.Conflict:
                var problem = Problems.Conflict($"\"{contentId}\" was decided with another text or context: give this content an id of its own.");
                failures.Add(new(index, contentId, problem.Status, problem.Title, problem.Detail, null));
                break;
            case WriteOutcome.NotDecided(_, var why):
                var failed = Problems.TierFailed(why);
                failures.Add(new(index, contentId, failed.Status, failed.Title, why, null));
                break;
        }
    }
}
