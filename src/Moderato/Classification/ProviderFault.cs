namespace Moderato.Classification;

/// <summary>What may go wrong with a provider of verdicts, each by its own name, because each has another remedy.</summary>
public enum ProviderFault
{
    // No connection
    ConnectionRefused,
    NameNotResolved,
    TlsFailed,
    ConnectionLost,

    // No answer in time
    NoAnswerInTime,
    AnswerTooSlow,

    // An answer that says no
    ContentFiltered,
    BadRequest,
    Unauthorized,
    Forbidden,
    NotFound,
    RequestTimeout,
    TooLarge,
    Unprocessable,
    RateLimited,
    ServerError,
    BadGateway,
    Unavailable,
    GatewayTimeout,
    Overloaded,
    Redirected,
    UnexpectedStatus,

    // An answer that is none
    EmptyBody,
    NotJson,
    TruncatedJson,
    InvalidUtf8,
    AnswerTooLarge,
    WrongSchema,

    // A model that does not judge
    Refused,
    CutShort,
    NoContent,
    UnknownVerdict,
    TwoVerdicts,
    UnknownCategory,
    UnusableNumber,
}
