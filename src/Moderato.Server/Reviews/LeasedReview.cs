using Moderato.Decisions;

namespace Moderato.Server.Reviews;

/// <summary>An item of the queue, for whoever decides it. It names no author and no score: what is judged is the content.</summary>
/// <param name="Id">Goes into <c>POST /v1/reviews/{id}</c>.</param>
/// <param name="Text">Absent where it is not kept, not any more, or was never told: then it is looked up by the content's id where it was posted.</param>
/// <param name="Category">The one that it is doubtful in; absent where nobody could judge it.</param>
/// <param name="Policy">The version under which it is decided.</param>
/// <param name="Expires">When it ends waiting.</param>
/// <param name="LeaseUntil">Until then nobody else gets it.</param>
public sealed record LeasedReview(
    string Id,
    string ContentId,
    string? Text,
    ContentContext? Context,
    string? Category,
    string Language,
    string? Surface,
    string Policy,
    DateTimeOffset Decided,
    DateTimeOffset? Expires,
    DateTimeOffset LeaseUntil);

/// <summary>The answer that holds it.</summary>
public sealed record NextReviewAnswer(LeasedReview Item);
