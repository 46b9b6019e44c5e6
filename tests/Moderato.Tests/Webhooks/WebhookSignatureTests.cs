using System.Text;
using Moderato.Webhooks;

namespace Moderato.Tests.Webhooks;

public sealed class WebhookSignatureTests
{
    private static readonly DateTimeOffset Time = DateTimeOffset.FromUnixTimeSeconds(1_772_323_200);

    /// <summary>printf '1772323200.{"id":"e1"}' | openssl dgst -sha256 -hmac whsec_test</summary>
    [Fact]
    public void It_is_what_openssl_computes()
    {
        Assert.Equal(
            "t=1772323200,v1=43629cf8faabfd2ddaf55374fe5c4ec35c8c5b01ff15adb7ba9fb3b3016b2c5c",
            WebhookSignature.Of(Time, Encoding.UTF8.GetBytes("""{"id":"e1"}"""), ["whsec_test"]));
    }

    [Fact]
    public void While_a_secret_is_changed_over_there_is_one_for_each()
    {
        string both = WebhookSignature.Of(Time, "x"u8, ["new", "old"]);
        string[] parts = both.Split(',');
        Assert.Equal(3, parts.Length);
        Assert.Equal(WebhookSignature.Of(Time, "x"u8, ["new"]).Split(',')[1], parts[1]);
        Assert.Equal(WebhookSignature.Of(Time, "x"u8, ["old"]).Split(',')[1], parts[2]);
    }

    [Fact]
    public void The_time_and_every_byte_of_the_body_are_signed()
    {
        var some = new[]
        {
            WebhookSignature.Of(Time, "x"u8, ["s"]), WebhookSignature.Of(Time.AddSeconds(1), "x"u8, ["s"]), WebhookSignature.Of(Time, "y"u8, ["s"]),
            WebhookSignature.Of(Time, ""u8, ["s"]), WebhookSignature.Of(Time, "x"u8, ["S"]),
        };
        Assert.Equal(some.Length, some.Select(one => one.Split("v1=")[1]).Distinct().Count());
    }
}
