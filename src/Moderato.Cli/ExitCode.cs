namespace Moderato.Cli;

/// <summary>What the process answers its caller (CONTRACT).</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>A defect of ours.</summary>
    public const int Defect = 1;

    /// <summary>The input or the arguments are wrong; the message says where, what was found and what would be right.</summary>
    public const int WrongInput = 2;

    /// <summary>Done, and the answer is no: a gate failed, infeasible, an alert fired.</summary>
    public const int AnswerIsNo = 3;

    public const int Interrupted = 130;
}
