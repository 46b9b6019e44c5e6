using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Moderato.Server.Hosting;

/// <summary>The body of a request as JSON, for endpoints whose messages name the field that is wrong.</summary>
public static class RequestBody
{
    /// <returns>The body, to be disposed of, or the problem with it.</returns>
    public static async Task<(JsonBody? Body, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return (await JsonBody.ReadAsync(request.BodyReader, cancel), null);
        }
        catch (JsonException wrong)
        {
            return (null, Problems.NotJson(FormattableString.Invariant($"Line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}: mend the JSON there, and send it as UTF-8.")));
        }
    }

    /// <summary>A body that may be left out, and then is an empty object.</summary>
    public static async Task<(FieldReader? Read, Problem? Problem)> OptionalAsync(HttpContext http, string[] fields)
    {
        if (http.Request.ContentLength is 0 || http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return (new(JsonDocument.Parse("{}").RootElement), null);
        }

        var (body, problem) = await ReadAsync(http.Request, http.RequestAborted);
        if (body is null)
        {
            return (null, problem);
        }

        using var received = body;
        var read = new FieldReader(received.RootElement.Clone());
        return read.IsObject("{}", fields) ? (read, null) : (null, Problems.Invalid("The request is not right", read.Errors));
    }
}
