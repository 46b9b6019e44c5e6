namespace Moderato.Cli.Input;

/// <summary>A time as ISO 8601 has it.</summary>
/// <param name="Ticks">UTC; as if it were UTC where no offset was given.</param>
/// <param name="HasOffset">Whether "Z" or an offset was given.</param>
public readonly record struct IsoTime(long Ticks, bool HasOffset)
{
    /// <summary>
    /// A calendar date, then after "T" or a blank hours and minutes, optional seconds with an optional fraction,
    /// and an optional "Z", ±hh, ±hhmm or ±hh:mm. A date alone is its midnight.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out IsoTime time)
    {
        time = default;
        int at = 0;
        if (!Digits(text, ref at, 4, out int year) || !Next(text, ref at, '-')
            || !Digits(text, ref at, 2, out int month) || !Next(text, ref at, '-')
            || !Digits(text, ref at, 2, out int day)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        long ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        if (at == text.Length)
        {
            time = new IsoTime(ticks, false);
            return true;
        }

        if (!(Next(text, ref at, 'T') || Next(text, ref at, 't') || Next(text, ref at, ' ')) || !Clock(text, ref at, out long clock))
        {
            return false;
        }

        ticks += clock;
        if (at == text.Length)
        {
            time = new IsoTime(ticks, false);
            return true;
        }

        if (!Offset(text, ref at, out long offset) || at != text.Length || ticks - offset < 0 || ticks - offset > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new IsoTime(ticks - offset, true);
        return true;
    }

    private static bool Clock(ReadOnlySpan<byte> text, ref int at, out long ticks)
    {
        ticks = 0;
        int second = 0;
        if (!Digits(text, ref at, 2, out int hour) || !Next(text, ref at, ':') || !Digits(text, ref at, 2, out int minute)
            || (Next(text, ref at, ':') && !Digits(text, ref at, 2, out second))
            || hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0))
        {
            return false;
        }

        ticks = (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute) + (second * TimeSpan.TicksPerSecond);
        if (Next(text, ref at, '.') || Next(text, ref at, ','))
        {
            int from = at;
            for (long unit = TimeSpan.TicksPerSecond / 10; at < text.Length && text[at] is >= (byte)'0' and <= (byte)'9'; at++, unit /= 10)
            {
                ticks += (text[at] - '0') * unit;
            }

            return at > from;
        }

        return true;
    }

    private static bool Offset(ReadOnlySpan<byte> text, ref int at, out long ticks)
    {
        ticks = 0;
        if (Next(text, ref at, 'Z') || Next(text, ref at, 'z'))
        {
            return true;
        }

        int sign = Next(text, ref at, '+') ? 1 : Next(text, ref at, '-') ? -1 : 0;
        int minutes = 0;
        if (sign == 0 || !Digits(text, ref at, 2, out int hours))
        {
            return false;
        }

        Next(text, ref at, ':');
        if ((at < text.Length && !Digits(text, ref at, 2, out minutes)) || hours > 18 || minutes > 59)
        {
            return false;
        }

        ticks = sign * ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute));
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int at, int count, out int value)
    {
        value = 0;
        if (at + count > text.Length)
        {
            return false;
        }

        for (int end = at + count; at < end; at++)
        {
            uint digit = (uint)(text[at] - '0');
            if (digit > 9)
            {
                return false;
            }

            value = (value * 10) + (int)digit;
        }

        return true;
    }

    private static bool Next(ReadOnlySpan<byte> text, ref int at, char wanted)
    {
        if (at < text.Length && text[at] == wanted)
        {
            at++;
            return true;
        }

        return false;
    }
}
