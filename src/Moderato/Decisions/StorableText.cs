namespace Moderato.Decisions;

/// <summary>
/// Which characters a name may hold: whole ones, and no U+0000, which PostgreSQL's text type refuses. Both stores keep to it, so
/// that what one takes the other takes.
/// </summary>
public static class StorableText
{
    /// <summary>Whether a text holds half of a surrogate pair: it has no form in UTF-8.</summary>
    public static FieldError? HalfPair(string field, string value)
    {
        for (int at = value.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < value.Length; at++)
        {
            if (char.IsSurrogate(value[at]))
            {
                if (at + 1 == value.Length || !char.IsSurrogatePair(value[at], value[at + 1]))
                {
                    return new(field, "half of a surrogate pair, or bytes that are not UTF-8", "send whole characters, or U+FFFD in their place");
                }

                at++;
            }
        }

        return null;
    }

    /// <summary>Whether a name holds U+0000 or half of a surrogate pair.</summary>
    public static FieldError? OfName(string field, string value) =>
        value.Contains('\0', StringComparison.Ordinal) ? new(field, "U+0000 in it", "leave that character out") : HalfPair(field, value);
}
