using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Moderato.Decisions;
using Moderato.Server.Hosting;
using Moderato.Server.Keys;

namespace Moderato.Server.Decisions;

/// <summary>
/// What a caller calls its request (the header <c>Idempotency-Key</c>, draft-ietf-httpapi-idempotency-key-header), and what it sent under
/// that name: sent again it is the same request, and anything else under the name is a mistake of the caller's.
/// </summary>
/// <param name="Name">A hash of the access key and of the name that its holder gave.</param>
/// <param name="Body">A hash of the endpoint and of the bytes that were sent.</param>
public sealed record IdempotencyKey(UInt128 Name, UInt128 Body, DateTimeOffset Sent)
{
    public const string Header = "Idempotency-Key";

    public const int MostChars = 255;

    /// <summary>How long another body under the same name is noticed.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <param name="name">As sent; null where the header is not there, and then there is neither key nor problem.</param>
    public static (IdempotencyKey? Key, Problem? Problem) Read(HttpContext http, string? name, JsonElement body, DateTimeOffset now)
    {
        if (name is null)
        {
            return (null, null);
        }

        string? wrong = name.Length == 0 ? "nothing"
            : name.Length > MostChars ? FormattableString.Invariant($"{name.Length} characters")
            : name.All(letter => letter is > ' ' and <= '~') ? null : "a character that is not visible ASCII";
        return wrong is null
            ? (new(HashOf(http.Caller().KeyId.ToString(CultureInfo.InvariantCulture), Encoding.ASCII.GetBytes(name)), HashOf(http.Request.Path, JsonMarshal.GetRawUtf8Value(body)), now), null)
            : (null, Problems.Invalid($"The {Header} is not right", [new FieldError(Header, wrong, FormattableString.Invariant($"give 1 to {MostChars} visible ASCII characters, such as a UUID, or leave the header out"))]));
    }

    private static UInt128 HashOf(string of, ReadOnlySpan<byte> said)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(of));
        hash.AppendData("\n"u8);
        hash.AppendData(said);
        return BinaryPrimitives.ReadUInt128BigEndian(hash.GetHashAndReset());
    }
}
