namespace Moderato.Decisions.Counting;

/// <summary>
/// The surfaces that are counted by name: of each workspace the first ones that came. All others are counted together as
/// <see cref="Other"/>, so that a platform which sends a surface of its own for each content makes no table grow without end.
/// </summary>
/// <param name="most">How many of a workspace have a name; a content without a surface needs none.</param>
public sealed class NamedSurfaces(int most)
{
    public const string Other = "(other)";

    private readonly HashSet<(int Workspace, string Surface)> named = [];
    private readonly Dictionary<int, int> taken = [];
    private readonly List<(int Workspace, string Surface)> added = [];

    /// <summary>Those that <see cref="Of"/> has given a name to, in their order.</summary>
    public IReadOnlyList<(int Workspace, string Surface)> Added => added;

    /// <summary>One that has its name already keeps it, also where there are more than <c>most</c>.</summary>
    public void Keep(int workspace, string surface)
    {
        if (named.Add((workspace, surface)))
        {
            taken[workspace] = taken.GetValueOrDefault(workspace) + 1;
        }
    }

    /// <summary>What a surface is counted as. A new one takes a name while there is one left, so the order of calls matters.</summary>
    public string Of(int workspace, string surface)
    {
        if (surface is "" or Other || named.Contains((workspace, surface)))
        {
            return surface;
        }

        if (taken.GetValueOrDefault(workspace) >= most)
        {
            return Other;
        }

        Keep(workspace, surface);
        added.Add((workspace, surface));
        return surface;
    }
}
