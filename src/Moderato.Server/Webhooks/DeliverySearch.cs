using System.Globalization;
using Moderato.Decisions;

namespace Moderato.Server.Webhooks;

/// <summary>Which deliveries of a webhook are asked for, newest first, a page at a time.</summary>
/// <param name="State">Null: all.</param>
/// <param name="After">The event that the page before ended with.</param>
public sealed record DeliverySearch(short? State, long? After, int Limit)
{
    public const int DefaultLimit = 100;

    public const int MostLimit = 1_000;

    /// <summary>In the order of <see cref="DeliveryQueue"/>'s.</summary>
    public static IReadOnlyList<string> States { get; } = ["waiting", "delivered", "dead"];

    /// <summary>Reads a query string; what is wrong is added to <paramref name="errors"/>, all of it.</summary>
    public static DeliverySearch Read(IQueryCollection query, List<FieldError> errors)
    {
        foreach (string name in query.Keys.Where(name => name is not ("state" or "after" or "limit")))
        {
            errors.Add(new(name, "an unknown parameter", "use state, after, limit"));
        }

        string? state = query["state"];
        int index = state is null ? -1 : States.ToList().IndexOf(state);
        if (state is not null && index < 0)
        {
            errors.Add(new("state", $"\"{state}\"", $"give one of {string.Join(", ", States)}"));
        }

        string? after = query["after"];
        long? place = after is null ? null : EventId.Parse(after);
        if (after is not null && place is null)
        {
            errors.Add(new("after", $"\"{after}\"", "give the \"next\" of the page before"));
        }

        string? most = query["limit"];
        int limit = DefaultLimit;
        if (most is not null && !(int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit is > 0 and <= MostLimit))
        {
            errors.Add(new("limit", $"\"{most}\"", FormattableString.Invariant($"give a whole number from 1 to {MostLimit}")));
        }

        return new(index < 0 ? null : (short)index, place, limit);
    }
}
