using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Moderato.Classification;

/// <summary>
/// How the files are read that people write to add a model: comments are allowed, a member that is not known is an error. By
/// reflection, since what is generated at build forgets what an absent member stands for.
/// </summary>
internal static class DeclarationJson
{
    private static readonly JsonSerializerOptions Options = Create();

    /// <exception cref="JsonException">It is not such a declaration; line and member are named.</exception>
    public static T? Read<T>(ReadOnlySpan<byte> json) => JsonSerializer.Deserialize<T>(json, Options);

    public static byte[] Write<T>(T declaration) => JsonSerializer.SerializeToUtf8Bytes(declaration, Options);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            IndentSize = 1,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            ReadCommentHandling = JsonCommentHandling.Skip,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
