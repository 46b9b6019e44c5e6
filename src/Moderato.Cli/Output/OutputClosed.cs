namespace Moderato.Cli.Output;

/// <summary>Tells a closed pipe from other failures to write.</summary>
internal static class OutputClosed
{
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);

    public static bool Is(IOException failure) =>
        failure.HResult is BrokenPipe or WindowsBrokenPipe or WindowsNoData || failure.InnerException is IOException inner && Is(inner);
}
