using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Diagnostics;
using Moderato.Decisions;
using Moderato.Server.FrontDoors;

namespace Moderato.Server.Hosting;

/// <summary>What went wrong, as RFC 9457 has it.</summary>
/// <param name="Type">A name that a program can tell problems apart by.</param>
/// <param name="Errors">Each wrong field with what was found and what would be right.</param>
/// <param name="RetryAfterSeconds">When it makes sense to ask again; goes into a header.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string? Detail = null,
    IReadOnlyList<FieldError>? Errors = null,
    [property: JsonIgnore] int? RetryAfterSeconds = null) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (RetryAfterSeconds is { } seconds)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        var endpoint = httpContext.GetEndpoint() ?? httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint?.Metadata.GetMetadata<ProblemShape>() is { } shape ? shape.Of(this).ExecuteAsync(httpContext) : WriteAsync(httpContext);
    }

    private Task WriteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = Status;

        // By the server's own options, which leave quotes and dots as a person reads them.
        return httpContext.Response.WriteAsJsonAsync(this, options: null, "application/problem+json");
    }
}
