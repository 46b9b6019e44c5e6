using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Moderato.Pictures;

/// <summary>
/// HTML or SVG under construction. Literals of an interpolated string are markup; every hole is encoded, unless it is
/// markup itself. There is no way to add a plain string, so nothing that a user wrote can become a tag.
/// </summary>
public sealed class Markup
{
    private readonly StringBuilder written = new();

    public static Markup None => new();

    public bool IsEmpty => written.Length == 0;

    public static Markup Of(ref Holes markup) => markup.Target;

    public static Markup Join<T>(IEnumerable<T> items, Func<T, Markup> each)
    {
        var all = new Markup();
        foreach (var item in items)
        {
            all.written.Append(each(item).written);
        }

        return all;
    }

    public Markup Add([InterpolatedStringHandlerArgument("")] ref Holes markup) => markup.Target;

    public override string ToString() => written.ToString();

    /// <summary>A file of ours (style, script) as it stands.</summary>
    internal Markup AddVerbatim(string ours)
    {
        written.Append(ours);
        return this;
    }

    /// <summary>
    /// Encoded for element text and for attributes in double quotes. What HTML cannot hold (controls, lone surrogates)
    /// becomes U+FFFD.
    /// </summary>
    private Markup Encode(string? text)
    {
        for (int i = 0; i < text?.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '&': written.Append("&amp;"); break;
                case '<': written.Append("&lt;"); break;
                case '>': written.Append("&gt;"); break;
                case '"': written.Append("&quot;"); break;
                case '\'': written.Append("&#39;"); break;
                case '\n' or '\t': written.Append(c); break;
                case '\ufffe' or '\uffff': written.Append('\ufffd'); break;
                case var _ when char.IsControl(c): written.Append('\ufffd'); break;
                case var _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    written.Append(c).Append(text[++i]);
                    break;
                case var _ when char.IsSurrogate(c): written.Append('\ufffd'); break;
                default: written.Append(c); break;
            }
        }

        return this;
    }

    [InterpolatedStringHandler]
    public readonly ref struct Holes
    {
        public Holes(int literalLength, int formattedCount) => Target = new Markup();

        public Holes(int literalLength, int formattedCount, Markup target) => Target = target;

        internal Markup Target { get; }

        public void AppendLiteral(string literal) => Target.written.Append(literal);

        public void AppendFormatted(string? text) => Target.Encode(text);

        public void AppendFormatted(Markup markup) => Target.written.Append(markup.written);

        public void AppendFormatted(int number) => Target.written.Append(CultureInfo.InvariantCulture, $"{number}");

        /// <summary>A coordinate: at most one decimal, which is a tenth of a pixel; what is no number is drawn at 0.</summary>
        public void AppendFormatted(double coordinate)
        {
            double tenth = double.IsFinite(coordinate) ? Math.Round(coordinate, 1) + 0.0 : 0;
            Target.written.Append(tenth.ToString("0.#", CultureInfo.InvariantCulture));
        }
    }
}
