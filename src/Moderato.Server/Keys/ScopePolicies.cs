using Microsoft.AspNetCore.Authorization;

namespace Moderato.Server.Keys;

/// <summary>What an endpoint asks of a key. An endpoint that asks nothing still needs a key, unless it says that it is open.</summary>
public static class ScopePolicies
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Scopes scope)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.RequireAuthorization(NameOf(scope));
        endpoint.WithMetadata(new NeededScope(scope));
        return endpoint;
    }

    public static void Add(AuthorizationOptions options)
    {
        foreach (var scope in (Scopes[])[Scopes.Decide, Scopes.Review, Scopes.Read, Scopes.Admin])
        {
            options.AddPolicy(NameOf(scope), policy => policy
                .RequireAuthenticatedUser()
                .RequireAssertion(context => context.Resource is HttpContext http && http.Features.Get<Caller>()?.May(scope) == true));
        }

        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build();
    }

    private static string NameOf(Scopes scope) => scope.ToString().ToLowerInvariant();
}

/// <summary>Metadata: the scope that an endpoint needs, for messages and for the API's description.</summary>
public sealed record NeededScope(Scopes Scope);
