using System.Security.Cryptography;
using System.Text;

namespace Moderato.Server.Keys;

/// <summary>A key that nobody has yet: <c>mod_</c> and 32 characters of 6 random bits each.</summary>
public static class NewKey
{
    public const string Prefix = "mod_";

    public const int SecretChars = 32;

    public static string Create() =>
        Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretChars * 6 / 8)).Replace('+', '-').Replace('/', '_');

    public static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
