using System.Text.Json;

namespace Moderato.Server.Hosting;

/// <summary>The body of a request as JSON, for endpoints whose messages name the field that is wrong.</summary>
public static class RequestBody
{
    /// <returns>The document, to be disposed of, or the problem with the body.</returns>
    public static async Task<(JsonDocument? Document, Problem? Problem)> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return (await JsonDocument.ParseAsync(request.Body, cancellationToken: cancel), null);
        }
        catch (JsonException wrong)
        {
            return (null, Problems.NotJson(FormattableString.Invariant($"Line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}: mend the JSON there, and send it as UTF-8.")));
        }
    }
}
