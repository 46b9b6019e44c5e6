namespace Moderato.Decisions;

/// <summary>How a label came to be. Only <see cref="Random"/> and <see cref="Audit"/> may carry a rate, and only with a known probability.</summary>
public enum LabelSource : byte
{
    Unknown,
    Random,
    Audit,
    Queue,
    Appeal,
    Complaint,
    Gold,
    Import,
}
