using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Moderato.Server.Storage;

/// <summary>Every time in both stores is a whole number of milliseconds since 1970, UTC: it sorts, and no driver has an opinion on it.</summary>
public sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
