using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Moderato.Server.Keys;

namespace Moderato.Server.Decisions;

/// <summary>Ids for contents that came without one.</summary>
public static class ContentIds
{
    /// <summary>
    /// With an idempotency key the id follows from it, so that the same request sent again is the same content, on any node and
    /// after any restart; without one it is random.
    /// </summary>
    /// <param name="index">The content's place in the request.</param>
    public static string Fresh(Caller caller, string? idempotencyKey, int index)
    {
        var bytes = idempotencyKey is null
            ? RandomNumberGenerator.GetBytes(16)
            : SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{caller.KeyId}\n{index}\n{idempotencyKey}"))).AsSpan(0, 16).ToArray();
        return "c-" + Convert.ToHexStringLower(bytes);
    }
}
