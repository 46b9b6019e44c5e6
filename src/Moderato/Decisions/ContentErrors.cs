using System.Text.RegularExpressions;

namespace Moderato.Decisions;

/// <summary>A value that cannot be accepted: where it stands, what was found, what would be right.</summary>
public sealed record FieldError(string Field, string Found, string Remedy);

/// <summary>What is wrong with a content, all at once.</summary>
public static partial class ContentErrors
{
    public const int MostTextChars = 200_000;

    public const int MostContextChars = 20_000;

    public const int MostIdChars = 256;

    public const int MostSurfaceChars = 64;

    public static IReadOnlyList<FieldError> Of(Content content)
    {
        var errors = new List<FieldError>();
        Check(errors, "id", content.Id, MostIdChars, required: true, isName: true);
        Check(errors, "text", content.Text, MostTextChars, required: true);
        Check(errors, "author", content.Author, MostIdChars, isName: true);
        Check(errors, "surface", content.Surface, MostSurfaceChars, isName: true);
        Check(errors, "context.parent", content.Context?.Parent, MostContextChars);
        Check(errors, "context.thread", content.Context?.Thread, MostContextChars);
        Check(errors, "context.title", content.Context?.Title, MostContextChars);
        if (content.Language is { } language && !LanguageTag().IsMatch(language))
        {
            errors.Add(StorableText.OfName("language", language) ?? new("language", $"\"{Short(language)}\"", "give a BCP 47 tag such as \"en\" or \"pt-BR\", or leave it out to have the language detected"));
        }

        return errors;
    }

    private static void Check(List<FieldError> errors, string field, string? value, int most, bool required = false, bool isName = false)
    {
        if (value is null)
        {
            if (required)
            {
                errors.Add(new(field, "nothing", "give a string"));
            }
        }
        else if (value.Length == 0)
        {
            errors.Add(new(field, "an empty string", required ? "give at least one character" : "leave it out"));
        }
        else if (value.Length > most)
        {
            errors.Add(new(field, FormattableString.Invariant($"{value.Length} characters"), FormattableString.Invariant($"give at most {most}")));
        }
        else if ((isName ? StorableText.OfName(field, value) : StorableText.HalfPair(field, value)) is { } error)
        {
            errors.Add(error);
        }
    }

    private static string Short(string value) => value.Length <= 20 ? value : value[..20] + "…";

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}\\z")]
    private static partial Regex LanguageTag();
}
