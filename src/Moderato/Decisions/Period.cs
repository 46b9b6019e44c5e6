namespace Moderato.Decisions;

/// <summary>Which side of a comparison a row stands on. Without a reference every row is <see cref="Current"/>.</summary>
public enum Period : byte
{
    Current,
    Reference,
}
