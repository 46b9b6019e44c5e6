namespace Moderato.Server.FrontDoors.OpenAi;

/// <summary>An error as OpenAI's clients know it: <c>{"error": {"message","type","param","code"}}</c>.</summary>
public sealed record OpenAiError(OpenAiError.Fault Error)
{
    public static OpenAiError Invalid(string message, string? param = null, string? code = null) =>
        new(new Fault(message, "invalid_request_error", param, code));

    public static OpenAiError Of(string message, string type, string? code) => new(new Fault(message, type, null, code));

    public sealed record Fault(string Message, string Type, string? Param, string? Code);
}
