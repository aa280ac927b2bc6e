/** How a script ends that cannot go into its folder; those of git itself are others. */
export const FOLDER_EXITS = { noFolder: 92, leadsOut: 93 };

/** The part of a script that goes into the folder of its first argument, by links too, as long as they end in the workspace. */
export const ENTER_FOLDER = `workspace=$(pwd -P)
cd -- "./$1" 2>/dev/null || exit ${FOLDER_EXITS.noFolder}
case "$(pwd -P)/" in "$workspace"/*) ;; *) exit ${FOLDER_EXITS.leadsOut};; esac
folder=$1
shift
`;
