using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Moderato.Webhooks;

/// <summary>
/// What a receiver tells by that a delivery is ours and is new: <c>t=SECONDS,v1=HEX</c>, where HEX is HMAC-SHA256 of
/// <c>SECONDS.BODY</c> under the webhook's secret. While a secret is changed over there is a <c>v1</c> for each, and one that fits
/// is enough.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "Moderato-Signature";

    /// <param name="secrets">Those in force; their UTF-8 bytes are the keys.</param>
    public static string Of(DateTimeOffset time, ReadOnlySpan<byte> body, IEnumerable<string> secrets)
    {
        string seconds = time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(seconds), (byte)'.', .. body];
        var values = secrets.Select(secret => "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return $"t={seconds},{string.Join(',', values)}";
    }
}
