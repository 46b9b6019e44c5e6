using System.Data.Common;
using Moderato.Decisions;
using Moderato.Policies;

namespace Moderato.Server.Decisions;

/// <summary>A row of <c>decisions</c>, as both stores hold it.</summary>
internal static class DecisionRow
{
    public const string Columns =
        "sequence, workspace, content_id, revision, time, verdict, category, scores, tier, release, policy, origin, language, surface, author, exact, cluster, latency_us, cost_micros, tier_detail";

    /// <summary>Everything of a decision <c>d</c> and of its review item <c>r</c>; <see cref="ReadStored"/> reads it where it comes first.</summary>
    public static string Fields { get; } = string.Join(", ", Columns.Split(", ").Select(column => "d." + column)) + ", r.while_waiting, r.expires, r.at_expiry, r.restricted";

    /// <summary>How many <see cref="Fields"/> there are: what else a query selects begins here.</summary>
    public const int FieldCount = 24;

    public static string Select { get; } = $"SELECT {Fields} FROM decisions d LEFT JOIN review_items r ON r.sequence = d.sequence";

    public static StoredDecision ReadStored(DbDataReader row) => new(
        Read(row),
        row.IsDBNull(20)
            ? null
            : new((WaitingAction)row.GetInt16(20), row.IsDBNull(21) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(21)), (WaitingAction)row.GetInt16(22), row.GetInt16(23) != 0));

    public static Decision Read(DbDataReader row)
    {
        UInt128 exact = StoredHash.Of(row.GetFieldValue<byte[]>(15));
        return new Decision
        {
            Sequence = row.GetInt64(0),
            Workspace = row.GetInt32(1),
            ContentId = row.GetString(2),
            Revision = row.GetInt16(3),
            Time = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
            Verdict = (Verdict)row.GetInt16(5),
            Category = row.IsDBNull(6) ? null : row.GetString(6),
            Scores = PackedScores.Unpack(row.GetFieldValue<byte[]>(7)),
            Tier = row.GetString(8),
            Release = row.GetString(9),
            Policy = row.GetString(10),
            Origin = (DecisionOrigin)row.GetInt16(11),
            Language = row.GetString(12),
            Surface = row.IsDBNull(13) ? null : row.GetString(13),
            Author = row.IsDBNull(14) ? null : row.GetInt64(14),
            Fingerprint = new(exact, row.GetInt64(16)),
            LatencyMicroseconds = row.GetInt64(17),
            CostMicros = row.GetInt64(18),
            TierDetail = row.IsDBNull(19) ? null : row.GetString(19),
        };
    }
}
