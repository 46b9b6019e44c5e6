using System.Text.Json;
using System.Text.Json.Serialization;

namespace Moderato.Classification.Encoder;

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    IndentSize = 1,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    ReadCommentHandling = JsonCommentHandling.Skip,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EncoderDefinition))]
internal sealed partial class EncoderJson : JsonSerializerContext;
