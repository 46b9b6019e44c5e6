namespace Moderato.Statistics;

/// <summary>A statistic that some inputs do not define (average precision without positives). Undefined is an answer with a reason, never 0 or NaN.</summary>
public abstract record Outcome<T>
{
    private Outcome()
    {
    }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It is undefined; the message says why.</exception>
    public T Value => this is Defined(var value)
        ? value
        : throw new InvalidOperationException(((Undefined)this).Why);

    public sealed record Defined(T Of) : Outcome<T>;

    /// <param name="Why">One sentence: what is missing.</param>
    public sealed record Undefined(string Why) : Outcome<T>;
}

internal static class Outcome
{
    public static Outcome<T> Defined<T>(T value) => new Outcome<T>.Defined(value);

    public static Outcome<T> Undefined<T>(string why) => new Outcome<T>.Undefined(why);

    public static Outcome<double> UnlessNaN(double value, string why) =>
        double.IsNaN(value) ? Undefined<double>(why) : Defined(value);
}
