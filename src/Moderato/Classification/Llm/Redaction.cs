using System.Text.RegularExpressions;

namespace Moderato.Classification.Llm;

/// <summary>Replaces what identifies people and no verdict needs: e-mail addresses, phone numbers, account and card numbers.</summary>
public static partial class Redaction
{
    /// <summary>Fewer digits are a year, a price or a code that hate speech uses.</summary>
    private const int LeastDigits = 8;

    public static string Of(string text)
    {
        text = Email().Replace(text, "[e-mail]");
        text = Iban().Replace(text, "[account]");
        return Digits().Replace(text, match =>
        {
            int digits = match.Value.Count(char.IsAsciiDigit);
            return digits < LeastDigits || Date().IsMatch(match.Value) || IsNoNumber(match.Value) ? match.Value
                : digits >= 13 && !match.Value.StartsWith('+') ? "[account]"
                : "[phone]";
        });
    }

    /// <summary>A slash stands in phone numbers after an area code, which starts so; elsewhere it stands between two things.</summary>
    private static bool IsNoNumber(string text) => text.Contains('/', StringComparison.Ordinal) && text[0] is not ('+' or '0' or '(');

    [GeneratedRegex(@"[\p{L}\p{N}._%+\-]+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Email();

    [GeneratedRegex(@"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Iban();

    /// <summary>Digits with what people write between them.</summary>
    [GeneratedRegex(@"\+?\(?[0-9](?:[ .\-/()]{0,2}[0-9])+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^(?:[0-9]{4}[.\-/][0-9]{1,2}[.\-/][0-9]{1,2}|[0-9]{1,2}[.\-/][0-9]{1,2}[.\-/][0-9]{4})$", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
