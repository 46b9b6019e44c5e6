using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Moderato.Server.Decisions;
using Moderato.Server.Storage;

namespace Moderato.Server.Hosting;

/// <summary>Turns what endpoints throw, and statuses without a body, into problem details.</summary>
public sealed partial class ProblemResponses(ServerSettings settings, ILogger<ProblemResponses> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var problem = exception switch
        {
            BusyException => Problems.Busy(),
            StoreUnavailableException => Problems.StoreUnavailable(),
            _ when StoreOutage.Is(exception) => Outage(httpContext, exception),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problems.TooLarge(settings.MostBodyBytes),
            BadHttpRequestException bad => Problems.OfStatus(bad.StatusCode, ReasonPhrases.GetReasonPhrase(bad.StatusCode)),
            OperationCanceledException when httpContext.RequestAborted.IsCancellationRequested => Problems.OfStatus(499, "The client went away"),
            _ => Unexpected(httpContext, exception),
        };
        await problem.ExecuteAsync(httpContext);
        return true;
    }

    public static Task OfStatusAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        return Problems.OfStatus(http.Response.StatusCode, ReasonPhrases.GetReasonPhrase(http.Response.StatusCode)).ExecuteAsync(http);
    }

    private Problem Outage(HttpContext http, Exception outage)
    {
        LogOutage(outage.GetBaseException().GetType().Name, StoreOutage.CodeOf(outage) ?? "no code");
        return HttpMethods.IsGet(http.Request.Method) ? Problems.StoreNotRead() : Problems.StoreUnavailable();
    }

    private Problem Unexpected(HttpContext http, Exception defect)
    {
        string trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;

        // Where it happened, never what it was about: an exception's message may hold content.
        LogDefect(trace, defect.GetType().Name, defect.StackTrace);
        return Problems.Defect(trace);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The store cannot be used ({Failure}, {Code}).")]
    private partial void LogOutage(string failure, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Defect {Trace}: {Exception}\n{Stack}")]
    private partial void LogDefect(string trace, string exception, string? stack);
}
