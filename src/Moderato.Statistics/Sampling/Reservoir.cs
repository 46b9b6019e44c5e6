namespace Moderato.Statistics.Sampling;

/// <summary>
/// A simple random sample without replacement of items whose number is known only when they have all gone by: after n offers each is
/// in it with probability min(1, size / n), and every set of that size is as likely (algorithm R, Vitter 1985).
/// </summary>
/// <param name="size">Items that are kept; 0: none.</param>
public sealed class Reservoir<T>(int size, int seed)
{
    private readonly Random random = new(seed);
    private readonly List<T> drawn = [];

    /// <summary>n.</summary>
    public long Offered { get; private set; }

    public IReadOnlyList<T> Drawn => drawn;

    public void Offer(T item)
    {
        Offered++;
        if (drawn.Count < size)
        {
            drawn.Add(item);
            return;
        }

        long place = random.NextInt64(Offered);
        if (place < size)
        {
            drawn[(int)place] = item;
        }
    }
}
