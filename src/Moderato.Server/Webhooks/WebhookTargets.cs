using System.Net;
using System.Net.Sockets;
using Moderato.Decisions;
using Moderato.Server.Hosting;
using Moderato.Webhooks;

namespace Moderato.Server.Webhooks;

/// <summary>
/// Where events may be sent: https to public addresses; loopback, where it is named so; and the networks that the operator
/// configured. A name is judged by the address that is connected to, so that it cannot mean another one later.
/// </summary>
public sealed class WebhookTargets(ServerSettings settings)
{
    public const int MostUrlChars = 2_000;

    /// <returns>What is wrong with it; null where nothing is.</returns>
    public FieldError? ErrorOf(string url)
    {
        if (url.Length > MostUrlChars || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return new("url", "no web address", FormattableString.Invariant($"give one such as \"https://example.com/moderato\", of at most {MostUrlChars} characters"));
        }

        if (address.UserInfo.Length > 0 || address.Fragment.Length > 0)
        {
            return new("url", "an address with a password or a fragment", "leave it out: the signature says who sends");
        }

        if (address.Scheme == "http" && !address.IsLoopback && settings.WebhookNetworks.Count == 0)
        {
            return new("url", "http", "use https; http is for loopback and for the networks in the setting webhookNetworks");
        }

        return IPAddress.TryParse(address.DnsSafeHost, out var literal) && !MayConnect(address, literal)
            ? new("url", "an address that is not public", "use a public one, or name its network in the setting webhookNetworks")
            : null;
    }

    /// <exception cref="AddressNotAllowedException">None of the host's addresses may be reached.</exception>
    internal async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var url = context.InitialRequestMessage.RequestUri!;
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancel);
        var allowed = addresses.Where(address => MayConnect(url, address)).ToArray();
        if (allowed.Length == 0)
        {
            throw new AddressNotAllowedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool MayConnect(Uri url, IPAddress address)
    {
        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return (url.IsLoopback && IPAddress.IsLoopback(address))
            || settings.WebhookNetworks.Any(network => network.Contains(address))
            || (url.Scheme == "https" && PublicAddress.Is(address));
    }
}

/// <summary>A webhook's host has no address that webhooks may reach.</summary>
public sealed class AddressNotAllowedException() : Exception("The address is not public and in none of webhookNetworks.");
