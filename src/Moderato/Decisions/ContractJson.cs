using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Moderato.Statistics.Intervals;

namespace Moderato.Decisions;

/// <summary>How every record of ours is written as JSON: camelCase, absent rather than null where the contract lets a key be absent, a rate as its fields or <c>{"unknown": why}</c>.</summary>
public static class ContractJson
{
    public static JsonSerializerOptions Options { get; } = Create(indented: true);

    public static JsonSerializerOptions Compact { get; } = Create(indented: false);

    private static JsonSerializerOptions Create(bool indented)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = indented,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        };
        options.Converters.Add(new RateConverter());
        options.Converters.Add(new ChangeConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly();
        return options;
    }

    private sealed class RateConverter : JsonConverter<Rate>
    {
        public override Rate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var rate = document.RootElement;
            return rate.TryGetProperty("unknown", out var why)
                ? new Rate.Unknown(why.GetString() ?? "")
                : rate.Deserialize<Rate.Known>(options) ?? throw new JsonException("A rate is an object.");
        }

        public override void Write(Utf8JsonWriter writer, Rate value, JsonSerializerOptions options)
        {
            switch (value)
            {
                case Rate.Known known:
                    JsonSerializer.Serialize(writer, known, options);
                    break;
                case Rate.Unknown(var why):
                    writer.WriteStartObject();
                    writer.WriteString("unknown", why);
                    writer.WriteEndObject();
                    break;
            }
        }
    }

    private sealed class ChangeConverter : JsonConverter<Change>
    {
        public override Change Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var change = document.RootElement;
            return change.TryGetProperty("unknown", out var why)
                ? new Change.Unknown(why.GetString() ?? "")
                : change.Deserialize<Change.Known>(options) ?? throw new JsonException("A change is an object.");
        }

        public override void Write(Utf8JsonWriter writer, Change value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            switch (value)
            {
                case Change.Known known:
                    // percent, low and high are null, not absent, when today is 0.
                    WriteNumberOrNull(writer, "percent", known.Percent);
                    WriteNumberOrNull(writer, "low", known.Low);
                    WriteNumberOrNull(writer, "high", known.High);
                    writer.WriteNumber("absolute", known.Absolute);
                    break;
                case Change.Unknown(var why):
                    writer.WriteString("unknown", why);
                    break;
            }

            writer.WriteEndObject();
        }

        private static void WriteNumberOrNull(Utf8JsonWriter writer, string name, double? value)
        {
            if (value is { } number)
            {
                writer.WriteNumber(name, number);
            }
            else
            {
                writer.WriteNull(name);
            }
        }
    }
}
