namespace Moderato.Server.Keys;

/// <summary>Metadata: the scope that an endpoint needs. <see cref="KeyGate"/> holds it against the key; messages name it.</summary>
public sealed record NeededScope(Scopes Scope);

public static class NeededScopes
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, Scopes scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededScope(scope));
}
