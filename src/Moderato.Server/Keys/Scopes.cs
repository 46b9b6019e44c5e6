namespace Moderato.Server.Keys;

/// <summary>What a key may do. <see cref="Admin"/> may do everything.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Have content decided, and tell what became of it.</summary>
    Decide = 1,

    /// <summary>Work in the review queue.</summary>
    Review = 2,

    /// <summary>Read decisions, figures, releases.</summary>
    Read = 4,

    /// <summary>Change keys, policies, releases; erase content.</summary>
    Admin = 8,
}
