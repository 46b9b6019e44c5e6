using System.Text;

namespace Moderato.Pictures;

/// <summary>One drawing surface in pixels; a picture is drawn on a wide and on a narrow one, so that its text keeps its size on a phone.</summary>
internal sealed class Canvas(double width, bool isNarrow)
{
    /// <summary>Font size of every text, as the style sheet has it.</summary>
    public const double FontSize = 13;

    /// <summary>Times as wide as regular text.</summary>
    public const double Strong = 1.1;

    private readonly Markup body = new();
    private readonly List<(double Left, double Top, double Right, double Bottom)> taken = [];

    public double Width { get; } = width;

    public bool IsNarrow { get; } = isNarrow;

    /// <summary>Set by the drawing once it knows.</summary>
    public double Height { get; set; }

    public Markup Body => body;

    public void Line(double x1, double y1, double x2, double y2, string role) =>
        body.Add($"<line class=\"{role}\" x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\"/>");

    public void Box(double x, double y, double boxWidth, double height, string role) =>
        body.Add($"<rect class=\"{role}\" x=\"{x}\" y=\"{y}\" width=\"{Math.Max(boxWidth, 0)}\" height=\"{Math.Max(height, 0)}\"/>");

    public void Dot(double x, double y, string role, double radius = 4.5) =>
        body.Add($"<circle class=\"{role}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>");

    public void Diamond(double x, double y, string role, double radius = 6.5) =>
        body.Add($"<path class=\"{role}\" d=\"M{x} {y - radius}L{x + radius} {y}L{x} {y + radius}L{x - radius} {y}Z\"/>");

    /// <summary>An interval with caps at its ends.</summary>
    public void Whisker(double low, double high, double y, string role)
    {
        string cap = role == "reference-line" ? "reference-cap" : role;
        Line(low, y, high, y, role);
        Line(low, y - 4, low, y + 4, cap);
        Line(high, y - 4, high, y + 4, cap);
    }

    public void Polyline(IEnumerable<(double X, double Y)> points, string role)
    {
        body.Add($"<polyline class=\"{role}\" points=\"");
        AddPoints(points);
        body.Add($"\"/>");
    }

    /// <summary>The band between an upper and a lower edge that run over the same x.</summary>
    public void Band(IReadOnlyList<(double X, double Low, double High)> edges, string role)
    {
        body.Add($"<polygon class=\"{role}\" points=\"");
        AddPoints(edges.Select(edge => (edge.X, edge.High)).Concat(edges.Reverse().Select(edge => (edge.X, edge.Low))));
        body.Add($"\"/>");
    }

    /// <param name="anchor">start, middle or end.</param>
    /// <param name="role">Classes: "strong", "muted", "halo".</param>
    public void Text(double x, double y, string text, string anchor = "start", string role = "") =>
        body.Add($"<text class=\"{role}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>");

    /// <summary>A value and a muted note after it.</summary>
    public void Noted(double x, double y, string value, string note) =>
        body.Add($"<text x=\"{x}\" y=\"{y}\"><tspan class=\"strong\">{value}</tspan><tspan class=\"muted\" dx=\"8\">{note}</tspan></text>");

    /// <summary>Text on one line, or on two where it is wider than the pixels given, centred on <paramref name="middle"/>.</summary>
    public void Wrapped(double x, double middle, string text, double pixels, string anchor)
    {
        if (TextWidth(text) <= pixels || text.LastIndexOf(' ') <= 0)
        {
            Text(x, middle + 4.5, Fit(text, pixels), anchor);
            return;
        }

        int split = text.IndexOf(' ');
        for (int next = split; next > 0 && TextWidth(text[..next]) <= pixels; next = text.IndexOf(' ', next + 1))
        {
            split = next;
        }

        Text(x, middle - 3, Fit(text[..split], pixels), anchor);
        Text(x, middle + 12, Fit(text[(split + 1)..], pixels), anchor);
    }

    /// <summary>A label beside a point, at the first place where it stays inside and covers neither a label nor a reserved area.</summary>
    /// <returns>False when there is no such place and nothing was drawn.</returns>
    public bool Label(double x, double y, string text, string role = "halo", bool required = false)
    {
        double textWidth = TextWidth(text);
        (double Dx, double Dy)[] places = [(10, -8), (10, 17), (-10 - textWidth, -8), (-10 - textWidth, 17), (-textWidth / 2, -14), (-textWidth / 2, 24), (10, 32), (10, -26)];
        foreach (var (dx, dy) in places)
        {
            (double Left, double Top, double Right, double Bottom) box = (x + dx, y + dy - 11, x + dx + textWidth, y + dy + 4);
            if (box.Left >= 0 && box.Right <= Width && box.Top >= 0 && box.Bottom <= Height - 34 && !taken.Any(other => Overlap(box, other)))
            {
                taken.Add(box);
                Text(x + dx, y + dy, text, "start", role);
                return true;
            }
        }

        if (required)
        {
            bool left = x + 10 + textWidth > Width;
            Text(left ? x - 10 : x + 10, y - 8, text, left ? "end" : "start", role);
        }

        return required;
    }

    /// <summary>Keeps labels off an area.</summary>
    public void Reserve(double left, double top, double right, double bottom) => taken.Add((left, top, right, bottom));

    /// <summary>Grid lines and labels of a horizontal axis at <paramref name="y"/>, its title below.</summary>
    public void XAxis(Scale scale, double top, double y, Func<double, string> label, string title, int about = 5)
    {
        double left = scale[scale.Low], right = scale[scale.High];
        foreach (double tick in scale.Ticks(about))
        {
            Line(scale[tick], top, scale[tick], y, "grid");
            string text = label(tick);
            double half = TextWidth(text) / 2;
            string anchor = scale[tick] + half > Width ? "end" : scale[tick] - half < 0 ? "start" : "middle";
            Text(scale[tick], y + 17, text, anchor, "muted");
        }

        Line(left, y, right, y, "axis");
        AxisTitle((left + right) / 2, y + 36, title);
    }

    /// <summary>Centred on x, as far as it stays inside.</summary>
    public void AxisTitle(double x, double y, string title)
    {
        string fitted = Fit(title, Width);
        double reach = TextWidth(fitted) / 2;
        Text(Math.Clamp(x, reach, Math.Max(reach, Width - reach)), y, fitted, "middle", "muted");
    }

    /// <summary>Grid lines and labels of a vertical axis left of <paramref name="x"/>, its title above.</summary>
    /// <param name="above">Pixels from the top of the axis up to its title.</param>
    public void YAxis(Scale scale, double x, double right, Func<double, string> label, string title, int about = 4, double above = 14)
    {
        foreach (double tick in scale.Ticks(about))
        {
            Line(x, scale[tick], right, scale[tick], "grid");
            Text(x - 8, scale[tick] + 4.5, label(tick), "end", "muted");
        }

        Text(0, scale[scale.High] - above, Fit(title, Width), "start", "muted");
    }

    /// <summary>The text, cut with an ellipsis where it is wider than the pixels given.</summary>
    public static string Fit(string text, double pixels)
    {
        if (TextWidth(text) <= pixels)
        {
            return text;
        }

        var kept = new StringBuilder();
        double used = TextWidth("…");
        foreach (var rune in text.EnumerateRunes())
        {
            used += RuneWidth(rune);
            if (used > pixels)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.ToString().TrimEnd() + "…";
    }

    /// <summary>An upper estimate of a text's width at 13 px, from the advance widths of a wide sans-serif (DejaVu Sans).</summary>
    public static double TextWidth(string text)
    {
        double total = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            total += RuneWidth(rune);
        }

        return total;
    }

    /// <summary>The same of semibold text.</summary>
    public static double StrongWidth(string text) => Strong * TextWidth(text);

    private static double RuneWidth(Rune rune) => FontSize * (rune.Value switch
    {
        >= 0x1100 => rune.Value is 0x2009 or 0x202f ? 0.2 : rune.Value is < 0x2e80 ? 0.8 : 1,
        'i' or 'j' or 'l' or '.' or ',' or '\'' or ':' or ';' or '|' or '!' => 0.34,
        ' ' or 'f' or 't' or 'r' or '(' or ')' or '[' or ']' or '-' => 0.4,
        'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.95,
        >= 'A' and <= 'Z' => 0.72,
        '+' or '=' or '<' or '>' or '×' => 0.84,
        _ => 0.63,
    });

    private static bool Overlap((double Left, double Top, double Right, double Bottom) a, (double Left, double Top, double Right, double Bottom) b) =>
        a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom;

    private void AddPoints(IEnumerable<(double X, double Y)> points)
    {
        bool first = true;
        foreach (var (x, y) in points)
        {
            if (!first)
            {
                body.Add($" ");
            }

            body.Add($"{x},{y}");
            first = false;
        }
    }
}
